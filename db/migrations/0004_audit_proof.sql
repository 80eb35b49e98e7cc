-- Proof of the audit trail: a root for each day, and a role that cannot rewrite. Heartbeats say how a job ended.

CREATE TABLE "audit_anchor_heads" (
	"day" date NOT NULL,
	"scope" text NOT NULL,
	"n" bigint NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_anchor_heads_day_scope_pk" PRIMARY KEY("day","scope")
);
--> statement-breakpoint
ALTER TABLE "audit_anchors" ADD COLUMN "mac" text;--> statement-breakpoint
ALTER TABLE "audit_anchors" ADD COLUMN "key_id" text;--> statement-breakpoint
ALTER TABLE "heartbeats" ALTER COLUMN "at" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "heartbeats" ADD COLUMN "failed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "heartbeats" ADD COLUMN "last_error" text;--> statement-breakpoint
CREATE INDEX "audit_log_by_at" ON "audit_log" USING brin ("at");--> statement-breakpoint
CREATE INDEX "webhook_events_dead" ON "webhook_events" USING btree ("received_at") WHERE "webhook_events"."state" = 'dead';
--> statement-breakpoint
-- A fresh installation counts from here: a scheduler that never comes shows as late as one that stops.
INSERT INTO heartbeats (job, at)
  SELECT job, clock_timestamp() FROM unnest(ARRAY['drain', 'backfill', 'reconcile', 'anchor']) job
  ON CONFLICT (job) DO NOTHING;
--> statement-breakpoint
-- With its owner's rights: whoever may call it can add a row that fits, and needs no right on the tables.
ALTER FUNCTION append_audit(text, jsonb, text, jsonb, jsonb, text[])
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp;
--> statement-breakpoint
CREATE FUNCTION audit_day(p_at timestamptz) RETURNS date LANGUAGE sql IMMUTABLE AS $$
  SELECT (p_at AT TIME ZONE 'UTC')::date
$$;
--> statement-breakpoint
-- The root of a day, over what was anchored for it and over the root before it. A change of any
-- anchored day changes every root after it.
CREATE FUNCTION audit_root(p_prev text, p_day date) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(concat_ws(E'\n', p_prev, p_day::text, string_agg(
    jsonb_build_array(scope, n, hash)::text, E'\n' ORDER BY scope COLLATE "C")), 'UTF8')), 'hex')
    FROM audit_anchor_heads WHERE day = p_day
$$;
--> statement-breakpoint
-- Anchors every day that is over and not anchored yet, and answers how many it did. What it writes
-- follows from audit_log alone, so two runs agree, and a day that was missed is made up for.
CREATE FUNCTION anchor_audit() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
  -- Ten minutes of patience: a row gets its time a moment before it is written.
  v_through date := audit_day(clock_timestamp() - interval '10 minutes') - 1;
  v_day date;
  v_root text;
  v_writers text[];
  v_scopes integer;
  v_done integer := 0;
BEGIN
  -- Another run is at it. The lock is ours by name, and ends with the transaction.
  IF NOT pg_try_advisory_xact_lock(hashtextextended('audit_anchors', 0)) THEN
    RETURN 0;
  END IF;
  SELECT day, root INTO v_day, v_root FROM audit_anchors ORDER BY day DESC LIMIT 1;
  v_day := coalesce(v_day + 1, (SELECT audit_day(min(at)) FROM audit_log));
  IF v_day IS NULL OR v_day > v_through THEN
    RETURN 0;
  END IF;

  -- A transaction that began before midnight and still runs may hold rows that nobody sees yet. They
  -- are waited for without a lock, which would make every writer wait.
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
--> statement-breakpoint
-- An anchor is sealed once, and then stands.
CREATE TRIGGER audit_anchors_sealed BEFORE UPDATE ON audit_anchors FOR EACH ROW
  WHEN (OLD.sent_at IS NOT NULL OR (OLD.day, OLD.root, OLD.scopes) IS DISTINCT FROM (NEW.day, NEW.root, NEW.scopes))
  EXECUTE FUNCTION refuse_rewrite();
--> statement-breakpoint
CREATE TRIGGER audit_anchors_append_only BEFORE DELETE ON audit_anchors
  FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();
--> statement-breakpoint
CREATE TRIGGER audit_anchors_no_truncate BEFORE TRUNCATE ON audit_anchors
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();
--> statement-breakpoint
CREATE TRIGGER audit_anchor_heads_append_only BEFORE UPDATE OR DELETE ON audit_anchor_heads
  FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();
--> statement-breakpoint
CREATE TRIGGER audit_anchor_heads_no_truncate BEFORE TRUNCATE ON audit_anchor_heads
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();
--> statement-breakpoint
ALTER TABLE audit_anchors ENABLE ALWAYS TRIGGER audit_anchors_sealed;
--> statement-breakpoint
ALTER TABLE audit_anchors ENABLE ALWAYS TRIGGER audit_anchors_append_only;
--> statement-breakpoint
ALTER TABLE audit_anchors ENABLE ALWAYS TRIGGER audit_anchors_no_truncate;
--> statement-breakpoint
ALTER TABLE audit_anchor_heads ENABLE ALWAYS TRIGGER audit_anchor_heads_append_only;
--> statement-breakpoint
ALTER TABLE audit_anchor_heads ENABLE ALWAYS TRIGGER audit_anchor_heads_no_truncate;
--> statement-breakpoint
-- What the application needs of each table, and no more. A migration that adds a table replaces this
-- function, and ends with: SELECT grant_application(role) FROM application_roles() role;
CREATE FUNCTION application_privileges() RETURNS TABLE (object text, privileges text) LANGUAGE sql IMMUTABLE AS $$
  VALUES
    -- Signing in, and leaving for good.
    ('users', 'SELECT, INSERT, UPDATE, DELETE'),
    ('accounts', 'SELECT, INSERT, UPDATE, DELETE'),
    ('sessions', 'SELECT, INSERT, UPDATE, DELETE'),
    ('verification_tokens', 'SELECT, INSERT, UPDATE, DELETE'),
    -- Billing is never deleted.
    ('customers', 'SELECT, INSERT, UPDATE'),
    ('subscriptions', 'SELECT, INSERT, UPDATE'),
    ('entitlements', 'SELECT, INSERT, UPDATE'),
    ('entitlement_overrides', 'SELECT, INSERT, UPDATE'),
    ('checkout_intents', 'SELECT, INSERT, UPDATE'),
    ('usage_counters', 'SELECT, INSERT, UPDATE'),
    ('usage_events', 'SELECT, INSERT'),
    -- What Stripe said stays as it was said; what became of it moves.
    ('webhook_events', 'SELECT, INSERT, UPDATE (target_key, seq, state, reason, attempts, last_error, done_at)'),
    ('sync_targets', 'SELECT, INSERT, UPDATE'),
    ('effects', 'SELECT, INSERT, UPDATE'),
    ('reconcile_cursors', 'SELECT, INSERT, UPDATE'),
    ('heartbeats', 'SELECT, INSERT, UPDATE'),
    -- What happened, happened.
    ('billing_facts', 'SELECT, INSERT'),
    -- Written by append_audit and anchor_audit, which are their owner's.
    ('audit_log', 'SELECT'),
    ('audit_heads', 'SELECT'),
    ('audit_anchors', 'SELECT, UPDATE (mac, key_id, sent_at)'),
    ('audit_anchor_heads', 'SELECT')
$$;
--> statement-breakpoint
-- Gives a role exactly that, whatever it had before. Fails when the role may do more by other ways.
CREATE FUNCTION grant_application(p_role text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v record;
BEGIN
  EXECUTE format('REVOKE CREATE, TEMPORARY ON DATABASE %I FROM PUBLIC, %I', current_database(), p_role);
  EXECUTE format('REVOKE ALL ON SCHEMA public FROM %I', p_role);
  EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA public FROM %I', p_role);
  REVOKE CREATE ON SCHEMA public FROM PUBLIC;
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), p_role);
  EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', p_role);
  FOR v IN SELECT * FROM application_privileges() LOOP
    EXECUTE format('GRANT %s ON public.%I TO %I', v.privileges, v.object, p_role);
  END LOOP;
  EXECUTE format('GRANT EXECUTE ON FUNCTION append_audit, anchor_audit TO %I', p_role);
  -- So that the health check can say whether the migrations are current.
  IF to_regclass('drizzle.__drizzle_migrations') IS NOT NULL THEN
    EXECUTE format('GRANT USAGE ON SCHEMA drizzle TO %I', p_role);
    EXECUTE format('GRANT SELECT ON drizzle.__drizzle_migrations TO %I', p_role);
  END IF;
  IF has_table_privilege(p_role, 'audit_log', 'INSERT, UPDATE, DELETE, TRUNCATE')
    OR has_table_privilege(p_role, 'subscriptions', 'DELETE') OR has_schema_privilege(p_role, 'public', 'CREATE') THEN
    RAISE EXCEPTION 'the role % may do more than this: it is a superuser, an owner, or a member of a role that is', p_role
      USING ERRCODE = 'invalid_grant_operation';
  END IF;
END $$;
--> statement-breakpoint
-- Who was given that: whoever may append to the audit trail without owning it.
CREATE FUNCTION application_roles() RETURNS SETOF text LANGUAGE sql STABLE AS $$
  SELECT rolname::text FROM pg_proc p, aclexplode(p.proacl) a JOIN pg_roles r ON r.oid = a.grantee
    WHERE p.oid = 'append_audit'::regproc AND a.grantee <> p.proowner
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION append_audit, anchor_audit, grant_application FROM PUBLIC;
