-- The living customers that name the workspace of this customer in their metadata, and do not have it.
CREATE OR REPLACE FUNCTION rivals_of(p_customer text) RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT coalesce(array_agg(o.id), '{}') FROM customers c
    JOIN customers o ON o.claimed_workspace_id = c.workspace_id AND o.conflict IS NOT NULL AND o.deleted_at IS NULL
    WHERE c.id = p_customer
$$;

-- Writes what a read showed of a customer itself: whether Stripe has it, and which workspace its metadata name. It
-- gets that workspace if it has none and the workspace has no other living customer. The one it has, it keeps.
-- p_seen: {id, livemode, claimed_workspace_id, deleted_at, missing, actor}; p_known: its workspace as of the claim.
-- Returns {adopted, audits[], outbox[]}: whether it has a workspace that the claim did not know, and what the
-- caller has yet to write, because the audit head is locked last.
CREATE OR REPLACE FUNCTION settle_customer(p_seen jsonb, p_known uuid, p_fence bigint, p_event_ids jsonb)
RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_id text := p_seen->>'id';
  v_old customers;
  v_new customers;
  v_keeps text;
  v_moves jsonb := '[]';
BEGIN
  INSERT INTO customers (id, livemode) VALUES (v_id, (p_seen->>'livemode')::boolean) ON CONFLICT (id) DO NOTHING;
  SELECT * INTO v_old FROM customers WHERE id = v_id FOR UPDATE;
  v_new := v_old;
  v_new.deleted_at := coalesce(v_old.deleted_at, (p_seen->>'deleted_at')::timestamptz);
  v_new.missing_at := CASE WHEN (p_seen->>'missing')::boolean THEN coalesce(v_old.missing_at, clock_timestamp()) END;
  -- Stripe shows no metadata of a customer that it does not have; and we keep no name of an erased user.
  IF v_new.missing_at IS NULL AND v_new.erased_at IS NULL THEN
    v_new.claimed_workspace_id := (p_seen->>'claimed_workspace_id')::uuid;
  END IF;

  IF v_new.workspace_id IS NULL AND v_new.deleted_at IS NULL AND v_new.claimed_workspace_id IS NOT NULL THEN
    BEGIN
      UPDATE customers c SET workspace_id = w.id FROM workspaces w WHERE c.id = v_id AND w.id = v_new.claimed_workspace_id
        RETURNING c.workspace_id INTO v_new.workspace_id;
    EXCEPTION WHEN unique_violation THEN
      -- That workspace has another living customer, perhaps since a moment ago: the index knows.
      v_new.workspace_id := NULL;
    END;
  END IF;

  v_new.conflict := CASE
    WHEN v_new.deleted_at IS NOT NULL OR v_new.claimed_workspace_id IS NULL THEN NULL
    WHEN v_new.workspace_id = v_new.claimed_workspace_id THEN NULL
    WHEN v_new.workspace_id IS NOT NULL THEN 'belongs_to_another'
    WHEN EXISTS (SELECT FROM workspaces WHERE id = v_new.claimed_workspace_id) THEN 'workspace_has_another'
    ELSE 'no_such_workspace' END;
  v_new.doubted_at := NULL;
  UPDATE customers SET deleted_at = v_new.deleted_at, missing_at = v_new.missing_at, doubted_at = v_new.doubted_at,
      claimed_workspace_id = v_new.claimed_workspace_id, conflict = v_new.conflict
    WHERE id = v_id AND v_new IS DISTINCT FROM v_old;

  IF v_new.workspace_id IS DISTINCT FROM v_old.workspace_id THEN
    v_moves := v_moves || jsonb_build_object('action', 'customer.link',
      'after', jsonb_build_object('customer', v_id, 'workspaceId', v_new.workspace_id));
  END IF;
  IF (v_new.missing_at IS NULL) <> (v_old.missing_at IS NULL) THEN
    v_moves := v_moves || jsonb_build_object(
      'action', CASE WHEN v_new.missing_at IS NULL THEN 'customer.find' ELSE 'customer.miss' END,
      'after', jsonb_build_object('customer', v_id));
  END IF;
  IF v_new.conflict IS DISTINCT FROM v_old.conflict
    OR v_new.conflict IS NOT NULL AND v_new.claimed_workspace_id IS DISTINCT FROM v_old.claimed_workspace_id THEN
    SELECT id INTO v_keeps FROM customers
      WHERE workspace_id = v_new.claimed_workspace_id AND id <> v_id AND deleted_at IS NULL;
    v_moves := v_moves || jsonb_build_object('action', 'customer.conflict',
      'before', jsonb_build_object('customer', v_id, 'conflict', v_old.conflict, 'claims', v_old.claimed_workspace_id),
      'after', jsonb_build_object('customer', v_id, 'conflict', v_new.conflict, 'claims', v_new.claimed_workspace_id,
        'workspaceId', v_new.workspace_id, 'keeps', v_keeps));
  END IF;

  RETURN jsonb_build_object(
    'adopted', v_new.workspace_id IS NOT NULL AND p_known IS NULL,
    'audits', (SELECT coalesce(jsonb_agg(m || jsonb_build_object(
        'before', m->'before', 'actor', p_seen->'actor', 'event_ids', p_event_ids)), '[]')
      FROM jsonb_array_elements(v_moves) m),
    -- Operators are emailed about each conflict, and once a day about missing customers: with a wrong key all are.
    'outbox', (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', 'notification',
        'key', 'notification:' || (m->>'action') || ':' || CASE WHEN m->>'action' = 'customer.miss'
          THEN to_char(v_new.missing_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') ELSE v_id || ':' || p_fence END,
        'payload', jsonb_build_object('kind', m->>'action', 'objectId', v_id, 'customerId', v_id))), '[]')
      FROM jsonb_array_elements(v_moves) m
      WHERE m->>'action' = 'customer.miss'
        OR m->>'action' = 'customer.conflict' AND m->'after'->>'conflict' IS NOT NULL));
END $$;
