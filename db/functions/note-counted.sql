-- What a use causes besides its count, in the same commit: the day's sum, the email about a limit that is near
-- or reached, and the use for a meter at Stripe. p_max: the limit; 0: none is known, and no email is sent.
CREATE OR REPLACE FUNCTION note_counted(
  p_event usage_events, p_now timestamptz, p_period timestamptz, p_until timestamptz, p_max integer, p_rules jsonb
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_workspace uuid := p_event.workspace_id;
  v_customer text;
  v_used integer;
  v_meter text := p_rules->>'meter';
BEGIN
  INSERT INTO usage_days AS d (workspace_id, day, units)
    VALUES (v_workspace, (p_now AT TIME ZONE 'UTC')::date, p_event.quantity)
    ON CONFLICT (workspace_id, day) DO UPDATE SET units = d.units + excluded.units;

  -- What is held may go back: emails are about counted uses only.
  SELECT used INTO v_used FROM usage_counters WHERE workspace_id = v_workspace AND period_start = p_period;
  IF v_meter IS NULL AND (p_max = 0 OR coalesce(v_used, 0) * 100::bigint < p_max * 80::bigint) THEN
    RETURN;
  END IF;
  SELECT id INTO v_customer FROM customers WHERE workspace_id = v_workspace AND deleted_at IS NULL;
  -- A meter bills a customer; a workspace without one is not billed.
  IF v_meter IS NOT NULL AND v_customer IS NOT NULL THEN
    -- A key may name another use once its own can have no retry any more: the time tells them apart.
    INSERT INTO outbox (key, kind, target_key, payload) VALUES (
      format('metered_use:%s:%s:%s:%s', v_workspace, p_event.idempotency_key, p_event.attempt,
        extract(epoch FROM p_event.used_at)), 'metered_use', v_customer,
      jsonb_build_object('eventName', v_meter, 'value', p_event.quantity, 'at', p_now, 'period', p_period))
      ON CONFLICT (key) DO NOTHING;
  END IF;
  IF p_max > 0 AND v_used * 100::bigint >= p_max * 80::bigint THEN
    PERFORM tell_of_limit('usage.near_limit', v_workspace, v_customer, p_period, p_until);
  END IF;
  IF p_max > 0 AND v_used >= p_max THEN
    PERFORM tell_of_limit('usage.limit_reached', v_workspace, v_customer, p_period, p_until);
  END IF;
END $$;

-- A fact once for each period, and the entry for its email. What the email says is decided when it is sent.
CREATE OR REPLACE FUNCTION tell_of_limit(
  p_kind text, p_workspace uuid, p_customer text, p_period timestamptz, p_until timestamptz
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_key text := format('%s:%s:%s', p_kind, p_workspace, to_char(p_period AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MISS"Z"'));
BEGIN
  INSERT INTO billing_facts (key, kind, object_id, customer_id) VALUES (v_key, p_kind, p_workspace, p_customer)
    ON CONFLICT (key) DO NOTHING;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  INSERT INTO outbox (key, kind, target_key, payload) VALUES ('notification:' || v_key, 'notification', p_customer,
    jsonb_build_object('kind', p_kind, 'objectId', p_workspace, 'customerId', p_customer, 'workspaceId', p_workspace, 'periodEnd', p_until))
    ON CONFLICT (key) DO NOTHING;
  PERFORM append_audit(coalesce(p_customer, 'workspace:' || p_workspace), jsonb_build_object('type', 'system', 'job', 'usage'),
    p_kind, NULL, jsonb_build_object('id', p_workspace, 'periodStart', p_period), '{}');
END $$;
