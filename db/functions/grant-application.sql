-- What the application needs of each table, and no more. A new table gets its line here; the migration that
-- brings it ends by granting anew to every role that `application_roles` names.
CREATE OR REPLACE FUNCTION application_privileges() RETURNS TABLE (object text, privileges text) LANGUAGE sql IMMUTABLE AS $$
  VALUES
    -- Signing in, and leaving for good.
    ('users', 'SELECT, INSERT, UPDATE, DELETE'),
    ('accounts', 'SELECT, INSERT, UPDATE, DELETE'),
    ('sessions', 'SELECT, INSERT, UPDATE, DELETE'),
    ('verification_tokens', 'SELECT, INSERT, UPDATE, DELETE'),
    ('sign_in_networks', 'SELECT, INSERT, UPDATE, DELETE'),
    ('email_opt_outs', 'SELECT, INSERT, DELETE'),
    -- Who may open the console; a role that was taken back stays on record.
    ('operators', 'SELECT, INSERT, UPDATE (appointed_at, appointed_by, revoked_at)'),
    -- Billing belongs to a workspace. A personal one is deleted with its user.
    ('workspaces', 'SELECT, INSERT, UPDATE (name), DELETE'),
    ('memberships', 'SELECT, INSERT'),
    -- Programs act with these. The nightly prune removes what ended long ago; of a key nothing moves but its use and its end.
    ('api_keys', 'SELECT, INSERT, UPDATE (last_used_at, revoked_at), DELETE'),
    -- The example.
    ('reports', 'SELECT, INSERT, UPDATE (status), DELETE'),
    -- Billing is never deleted.
    ('customers', 'SELECT, INSERT, UPDATE'),
    -- Who waits for an address does so no more once its owner signs in, or is erased.
    ('customer_claims', 'SELECT, INSERT, UPDATE (email, keeps), DELETE'),
    ('subscriptions', 'SELECT, INSERT, UPDATE'),
    ('entitlements', 'SELECT, INSERT, UPDATE'),
    ('entitlement_overrides', 'SELECT, INSERT, UPDATE'),
    ('checkout_intents', 'SELECT, INSERT, UPDATE'),
    -- What was reported stays as it was reported; what follows from it is derived anew.
    ('revenue_moments', 'SELECT, INSERT'),
    ('revenue_invoices', 'SELECT, INSERT, UPDATE'),
    ('revenue_subscriptions', 'SELECT, INSERT, UPDATE'),
    ('revenue_movements', 'SELECT, INSERT, DELETE'),
    ('revenue_totals', 'SELECT, INSERT, UPDATE'),
    ('revenue_left_out', 'SELECT, INSERT, UPDATE, DELETE'),
    -- Who is to pay another price, and who did.
    ('price_moves', 'SELECT, INSERT, UPDATE (state, schedule_id, reason, closed_at)'),
    -- Who had a trial: a person's line goes with the person.
    ('trials', 'SELECT, INSERT, DELETE'),
    ('usage_counters', 'SELECT, INSERT, UPDATE'),
    -- Removed by prune_usage alone, when no retry can come.
    ('usage_events', 'SELECT, INSERT, UPDATE'),
    ('usage_days', 'SELECT, INSERT, UPDATE'),
    ('usage_credits', 'SELECT, INSERT, UPDATE'),
    -- What Stripe said stays as it was said, until prune_payloads or erase_payloads empties it; what became of it moves.
    ('webhook_events', 'SELECT, INSERT, UPDATE (target_key, seq, state, reason, attempts, last_error, done_at)'),
    ('sync_targets', 'SELECT, INSERT, UPDATE'),
    ('outbox', 'SELECT, INSERT, UPDATE'),
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

-- Gives a role exactly those privileges, whatever it had before. Fails when the role has more in other ways.
-- In the schema in which it is called. `public`, and what everyone may do in the database, are ours to limit
-- only where we are alone: beside another application they are what its roles live on.
CREATE OR REPLACE FUNCTION grant_application(p_role text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v record;
  v_schema text := current_schema();
  v_alone boolean := v_schema = 'public';
  v_journal text := CASE WHEN v_alone THEN 'drizzle' ELSE v_schema END;
BEGIN
  EXECUTE format('REVOKE CREATE, TEMPORARY ON DATABASE %I FROM %I', current_database(), p_role);
  IF v_alone THEN
    EXECUTE format('REVOKE CREATE, TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
  END IF;
  EXECUTE format('REVOKE ALL ON SCHEMA %I FROM %I', v_schema, p_role);
  EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM %I', v_schema, p_role);
  EXECUTE format('REVOKE CREATE ON SCHEMA %I FROM PUBLIC', v_schema);
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), p_role);
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', v_schema, p_role);
  FOR v IN SELECT * FROM application_privileges() LOOP
    EXECUTE format('GRANT %s ON %I.%I TO %I', v.privileges, v_schema, v.object, p_role);
  END LOOP;
  EXECUTE format('GRANT EXECUTE ON FUNCTION append_audit, anchor_audit, prune_payloads, prune_usage, prune_messages, prune_intents, erase_payloads TO %I', p_role);
  -- So that the health check can say whether the migrations are current.
  IF to_regclass(format('%I.__drizzle_migrations', v_journal)) IS NOT NULL THEN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', v_journal, p_role);
    EXECUTE format('GRANT SELECT ON %I.__drizzle_migrations TO %I', v_journal, p_role);
  END IF;
  IF has_table_privilege(p_role, 'audit_log', 'INSERT, UPDATE, DELETE, TRUNCATE')
    OR has_table_privilege(p_role, 'subscriptions', 'DELETE') OR has_schema_privilege(p_role, v_schema, 'CREATE') THEN
    RAISE EXCEPTION 'the role % may do more than this: it is a superuser, an owner, or a member of a role that is', p_role
      USING ERRCODE = 'invalid_grant_operation';
  END IF;
END $$;

-- The roles that were granted that: those that may append to the audit trail without owning it.
CREATE OR REPLACE FUNCTION application_roles() RETURNS SETOF text LANGUAGE sql STABLE AS $$
  SELECT rolname::text FROM pg_proc p, aclexplode(p.proacl) a JOIN pg_roles r ON r.oid = a.grantee
    WHERE p.oid = 'append_audit'::regproc AND a.grantee <> p.proowner
$$;

REVOKE ALL ON FUNCTION grant_application FROM PUBLIC;
