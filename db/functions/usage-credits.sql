-- What a workspace can still spend of its credits at an instant of business time.
CREATE OR REPLACE FUNCTION credits_left(p_workspace uuid, p_now timestamptz) RETURNS integer LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(remaining), 0)::integer FROM usage_credits
    WHERE workspace_id = p_workspace AND remaining > 0 AND (expires_at IS NULL OR expires_at > p_now)
$$;

-- Takes units from the credits that expire first, and says from which. The caller knows that there are so many, and
-- has the workspace's lock.
CREATE OR REPLACE FUNCTION spend_credits(p_workspace uuid, p_now timestamptz, p_units integer) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_left integer := p_units;
  v_take integer;
  v_spent jsonb := '[]';
  v_grant record;
BEGIN
  FOR v_grant IN SELECT id, remaining FROM usage_credits
    WHERE v_left > 0 AND workspace_id = p_workspace AND remaining > 0 AND (expires_at IS NULL OR expires_at > p_now)
    ORDER BY expires_at NULLS LAST, granted_at, id LOOP
    EXIT WHEN v_left = 0;
    v_take := least(v_left, v_grant.remaining);
    UPDATE usage_credits SET remaining = remaining - v_take WHERE id = v_grant.id;
    v_spent := v_spent || jsonb_build_object('id', v_grant.id, 'units', v_take);
    v_left := v_left - v_take;
  END LOOP;
  IF v_left > 0 THEN
    RAISE EXCEPTION 'there are % credits too few', v_left;
  END IF;
  RETURN v_spent;
END $$;

-- Gives credits once for each source; false when they were given before.
CREATE OR REPLACE FUNCTION grant_credits(
  p_workspace uuid, p_source text, p_quantity integer, p_expires_at timestamptz, p_payment text, p_actor jsonb
) RETURNS boolean LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
DECLARE
  v_id uuid;
BEGIN
  PERFORM lock_usage(p_workspace);
  INSERT INTO usage_credits (workspace_id, source, quantity, remaining, expires_at, payment_intent_id)
    VALUES (p_workspace, p_source, p_quantity, p_quantity, p_expires_at, p_payment)
    ON CONFLICT (source) DO NOTHING RETURNING id INTO v_id;
  IF v_id IS NULL THEN
    RETURN false;
  END IF;
  PERFORM append_audit(credits_scope(p_workspace), p_actor, 'credits.grant', NULL,
    jsonb_build_object('id', v_id, 'source', p_source, 'quantity', p_quantity, 'expiresAt', p_expires_at), '{}');
  RETURN true;
END $$;

-- Takes back what is not spent of the credits that a payment bought, once. Null: no credits were bought with it.
CREATE OR REPLACE FUNCTION take_back_credits(p_payment text, p_actor jsonb) RETURNS integer LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
DECLARE
  v_workspace uuid;
  v_before usage_credits;
BEGIN
  SELECT workspace_id INTO v_workspace FROM usage_credits WHERE payment_intent_id = p_payment;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  PERFORM lock_usage(v_workspace);
  -- A reservation that is over gives back first, so that it is in what is taken.
  PERFORM release_expired(v_workspace);
  SELECT * INTO v_before FROM usage_credits WHERE payment_intent_id = p_payment AND revoked_at IS NULL FOR UPDATE;
  IF NOT FOUND THEN
    RETURN 0;
  END IF;
  UPDATE usage_credits SET remaining = 0, taken_back = taken_back + remaining, revoked_at = clock_timestamp()
    WHERE id = v_before.id;
  PERFORM append_audit(credits_scope(v_workspace), p_actor, 'credits.take_back',
    jsonb_build_object('id', v_before.id, 'remaining', v_before.remaining),
    jsonb_build_object('id', v_before.id, 'remaining', 0, 'takenBack', v_before.remaining), '{}');
  RETURN v_before.remaining;
END $$;

-- Gives back what was taken of the credits that a payment bought, once: their refund failed. Null: no credits were
-- bought with it. What a reservation still holds comes back by itself.
CREATE OR REPLACE FUNCTION give_back_credits(p_payment text, p_actor jsonb) RETURNS integer LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
DECLARE
  v_workspace uuid;
  v_before usage_credits;
BEGIN
  SELECT workspace_id INTO v_workspace FROM usage_credits WHERE payment_intent_id = p_payment;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  PERFORM lock_usage(v_workspace);
  SELECT * INTO v_before FROM usage_credits WHERE payment_intent_id = p_payment AND revoked_at IS NOT NULL FOR UPDATE;
  IF NOT FOUND THEN
    RETURN 0;
  END IF;
  UPDATE usage_credits SET remaining = remaining + taken_back, taken_back = 0, revoked_at = NULL WHERE id = v_before.id;
  PERFORM append_audit(credits_scope(v_workspace), p_actor, 'credits.give_back',
    jsonb_build_object('id', v_before.id, 'takenBack', v_before.taken_back),
    jsonb_build_object('id', v_before.id, 'takenBack', 0, 'remaining', v_before.remaining + v_before.taken_back), '{}');
  RETURN v_before.taken_back;
END $$;

-- In whose chain it stands: the customer's where there is one.
CREATE OR REPLACE FUNCTION credits_scope(p_workspace uuid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT id FROM customers WHERE workspace_id = p_workspace AND deleted_at IS NULL), 'workspace:' || p_workspace)
$$;
