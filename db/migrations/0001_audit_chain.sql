-- The audit trail: append-only, and a hash chain per scope.
-- One function appends, for SQL and for TypeScript alike, so that there is one way to hash.

CREATE FUNCTION audit_hash(
  p_prev text, p_scope text, p_n bigint, p_at timestamptz, p_actor jsonb, p_action text,
  p_before jsonb, p_after jsonb, p_event_ids text[]
) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  -- A JSON array, because joined strings can be cut in two ways.
  SELECT encode(sha256(convert_to(p_prev || jsonb_build_array(
    p_scope, p_n, to_char(p_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    p_actor, p_action, p_before, p_after, to_jsonb(p_event_ids))::text, 'UTF8')), 'hex')
$$;
--> statement-breakpoint
CREATE FUNCTION append_audit(
  p_scope text, p_actor jsonb, p_action text, p_before jsonb, p_after jsonb, p_event_ids text[]
) RETURNS bigint LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
DECLARE
  v_n bigint;
  v_prev text;
  v_at timestamptz;
  v_hash text;
BEGIN
  -- Locks the head until commit: a chain has one writer at a time.
  INSERT INTO audit_heads AS head (scope, n, hash) VALUES (p_scope, 1, '')
    ON CONFLICT (scope) DO UPDATE SET n = head.n + 1
    RETURNING head.n, head.hash INTO v_n, v_prev;
  -- After the lock, so that time never runs backwards along a chain.
  v_at := clock_timestamp();
  v_hash := audit_hash(v_prev, p_scope, v_n, v_at, p_actor, p_action, p_before, p_after, p_event_ids);
  INSERT INTO audit_log (scope, n, at, actor, action, before, after, event_ids, prev, hash)
    VALUES (p_scope, v_n, v_at, p_actor, p_action, p_before, p_after, p_event_ids, v_prev, v_hash);
  UPDATE audit_heads SET hash = v_hash WHERE scope = p_scope;
  RETURN v_n;
END $$;
--> statement-breakpoint
CREATE FUNCTION refuse_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE ON audit_log
  FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();
--> statement-breakpoint
CREATE TRIGGER audit_log_no_truncate BEFORE TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();
--> statement-breakpoint
CREATE TRIGGER billing_facts_append_only BEFORE UPDATE OR DELETE ON billing_facts
  FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();
--> statement-breakpoint
CREATE TRIGGER billing_facts_no_truncate BEFORE TRUNCATE ON billing_facts
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();
--> statement-breakpoint
-- ALWAYS: a session that calls itself a replica must not slip past.
ALTER TABLE audit_log ENABLE ALWAYS TRIGGER audit_log_append_only;
--> statement-breakpoint
ALTER TABLE audit_log ENABLE ALWAYS TRIGGER audit_log_no_truncate;
--> statement-breakpoint
ALTER TABLE billing_facts ENABLE ALWAYS TRIGGER billing_facts_append_only;
--> statement-breakpoint
ALTER TABLE billing_facts ENABLE ALWAYS TRIGGER billing_facts_no_truncate;
