-- Counts a use if the month's limit allows it, and once for each key: the counter's row is locked first, so
-- that of however many at once exactly the limit passes. p_limit null: what the entitlement says, or p_free
-- for who has none. Answers {outcome: allowed | repeated | refused | lapsed, used, limit}; lapsed: the
-- entitlement has run out, nothing was counted, and the caller must find out what stands.
CREATE OR REPLACE FUNCTION consume_usage(
  p_workspace uuid, p_period timestamptz, p_now timestamptz, p_key text, p_quantity integer, p_free integer, p_limit integer
) RETURNS jsonb LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
DECLARE
  v_used integer;
  v_limit integer := p_limit;
  v_outcome text := 'allowed';
  v_entitlement entitlements;
BEGIN
  INSERT INTO usage_counters (workspace_id, period_start) VALUES (p_workspace, p_period) ON CONFLICT DO NOTHING;
  SELECT used INTO v_used FROM usage_counters WHERE workspace_id = p_workspace AND period_start = p_period FOR UPDATE;
  -- After the lock: a plan that changed while it was waited for counts as it is now.
  IF v_limit IS NULL THEN
    SELECT * INTO v_entitlement FROM entitlements WHERE workspace_id = p_workspace;
    IF v_entitlement.valid_until <= p_now THEN
      RETURN jsonb_build_object('outcome', 'lapsed', 'used', v_used, 'limit', 0);
    END IF;
    v_limit := coalesce((v_entitlement.limits->>'monthlyUses')::integer, p_free);
  END IF;

  IF EXISTS (SELECT FROM usage_events WHERE workspace_id = p_workspace AND idempotency_key = p_key) THEN
    v_outcome := 'repeated';
  ELSIF v_used + p_quantity > v_limit THEN
    v_outcome := 'refused';
  ELSE
    INSERT INTO usage_events (workspace_id, idempotency_key, quantity) VALUES (p_workspace, p_key, p_quantity)
      ON CONFLICT DO NOTHING;
    -- The same key at the turn of a month: the other month's counter has it.
    IF NOT FOUND THEN
      v_outcome := 'repeated';
    ELSE
      UPDATE usage_counters SET used = used + p_quantity WHERE workspace_id = p_workspace AND period_start = p_period
        RETURNING used INTO v_used;
    END IF;
  END IF;
  RETURN jsonb_build_object('outcome', v_outcome, 'used', v_used, 'limit', v_limit);
END $$;
