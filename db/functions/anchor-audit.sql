CREATE OR REPLACE FUNCTION audit_day(p_at timestamptz) RETURNS date LANGUAGE sql IMMUTABLE AS $$
  SELECT (p_at AT TIME ZONE 'UTC')::date
$$;

-- The root of a day, over what was anchored for it and over the root before it. A change of any
-- anchored day changes every root after it.
CREATE OR REPLACE FUNCTION audit_root(p_prev text, p_day date) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(concat_ws(E'\n', p_prev, p_day::text, string_agg(
    jsonb_build_array(scope, n, hash)::text, E'\n' ORDER BY scope COLLATE "C")), 'UTF8')), 'hex')
    FROM audit_anchor_heads WHERE day = p_day
$$;

-- Anchors every day that is over and not anchored yet, and returns how many it did. What it writes
-- follows from audit_log alone, so two runs agree, and a missed day is anchored later.
CREATE OR REPLACE FUNCTION anchor_audit() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET lock_timeout = '2s' AS $$
DECLARE
  -- Ten minutes of patience: a row gets its time a moment before it is written.
  v_through date := audit_day(clock_timestamp() - interval '10 minutes') - 1;
  v_day date;
  v_root text;
  v_writers text[];
  v_scopes integer;
  v_done integer := 0;
BEGIN
  -- Another run is anchoring. The lock has a name of ours, and ends with the transaction.
  IF NOT pg_try_advisory_xact_lock(hashtextextended('audit_anchors', 0)) THEN
    RETURN 0;
  END IF;
  SELECT day, root INTO v_day, v_root FROM audit_anchors ORDER BY day DESC LIMIT 1;
  v_day := coalesce(v_day + 1, (SELECT audit_day(min(at)) FROM audit_log));
  IF v_day IS NULL OR v_day > v_through THEN
    RETURN 0;
  END IF;

  -- A transaction that began before midnight and still runs may have rows that are not visible yet. We
  -- wait for it without a lock, which would make every writer wait.
  SELECT array_agg(virtualtransaction) INTO v_writers FROM pg_locks
    WHERE relation = 'audit_log'::regclass AND mode = 'RowExclusiveLock'
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database());
  FOR i IN 1..100 LOOP
    EXIT WHEN NOT EXISTS (SELECT FROM pg_locks WHERE relation = 'audit_log'::regclass
      AND mode = 'RowExclusiveLock' AND virtualtransaction = ANY (v_writers));
    IF i = 100 THEN
      RAISE EXCEPTION 'a transaction has been writing to audit_log for ten seconds: try again later'
        USING ERRCODE = 'lock_not_available';
    END IF;
    PERFORM pg_sleep(0.1);
  END LOOP;

  WHILE v_day <= v_through LOOP
    INSERT INTO audit_anchor_heads (day, scope, n, hash)
      SELECT DISTINCT ON (scope) v_day, scope, n, hash FROM audit_log
        WHERE at >= v_day::timestamp AT TIME ZONE 'UTC' AND at < (v_day + 1)::timestamp AT TIME ZONE 'UTC'
        ORDER BY scope, n DESC;
    GET DIAGNOSTICS v_scopes = ROW_COUNT;
    v_root := audit_root(v_root, v_day);
    INSERT INTO audit_anchors (day, root, scopes) VALUES (v_day, v_root, v_scopes);
    v_done := v_done + 1;
    v_day := v_day + 1;
  END LOOP;
  RETURN v_done;
END $$;

REVOKE ALL ON FUNCTION anchor_audit FROM PUBLIC;
