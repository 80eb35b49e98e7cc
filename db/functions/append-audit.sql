-- Appends to the chain of a scope, for SQL and for TypeScript alike. With its owner's rights: a role that
-- may call it can add a row that fits the chain, and needs no right on the tables.
CREATE OR REPLACE FUNCTION append_audit(
  p_scope text, p_actor jsonb, p_action text, p_before jsonb, p_after jsonb, p_event_ids text[]
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET lock_timeout = '2s' AS $$
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

REVOKE ALL ON FUNCTION append_audit FROM PUBLIC;
