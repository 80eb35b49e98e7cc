-- Counts or reserves units of a workspace's use, and once for each key, if its plan and its credits allow it. One
-- lock for each workspace comes first, so that of however many at once exactly the limit passes.
-- p_hold_seconds null: counted for good; otherwise held for so long, until `settle_usage` or its end.
-- p_plan_state: {tier, access, subscription}, what stands in place of an entitlement that has run out; null: unknown.
-- Answers {outcome, used, limit, credits, resetsAt, attempt, expiresAt, quantity}. `lapsed`: the entitlement has run
-- out, nothing was counted, and the caller must find out what stands. `key_reused`: the key names another use.
CREATE OR REPLACE FUNCTION count_usage(
  p_workspace uuid, p_now timestamptz, p_key text, p_quantity integer, p_hold_seconds integer, p_rules jsonb, p_plan_state jsonb
) RETURNS jsonb LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
DECLARE
  v_stands record;
  v_event usage_events;
  v_room integer;
  v_credits integer;
  v_plan integer;
  v_spent jsonb;
  v_outcome text;
BEGIN
  PERFORM lock_usage(p_workspace);
  PERFORM release_expired(p_workspace);
  -- After the lock: a plan that changed while it was waited for counts as it is now.
  SELECT * INTO v_stands FROM usage_state(p_workspace, p_now, p_rules, p_plan_state);
  IF v_stands.lapsed THEN
    RETURN jsonb_build_object('outcome', 'lapsed');
  END IF;

  SELECT * INTO v_event FROM usage_events WHERE workspace_id = p_workspace AND idempotency_key = p_key;
  IF v_event.state IN ('counted', 'held') THEN
    v_outcome := CASE
      WHEN v_event.quantity <> p_quantity THEN 'key_reused'
      WHEN v_event.state = 'counted' THEN 'already_counted'
      -- Reserved by another act: counting it now would let its reservation count a second time.
      WHEN p_hold_seconds IS NULL THEN 'key_reused'
      ELSE 'already_reserved' END;
    RETURN usage_answer(v_outcome, p_workspace, p_now, to_jsonb(v_stands), v_event);
  END IF;

  v_room := greatest(0, v_stands.max_units - v_stands.used);
  v_credits := credits_left(p_workspace, p_now);
  v_plan := least(v_room, CASE WHEN p_rules->>'credits' = 'before_plan'
    THEN p_quantity - least(p_quantity, v_credits) ELSE p_quantity END);
  IF v_plan + v_credits < p_quantity THEN
    IF v_stands.overage <> 'allow' THEN
      RETURN usage_answer('limit_reached', p_workspace, p_now, to_jsonb(v_stands), v_event);
    END IF;
    v_plan := p_quantity - v_credits;
  END IF;

  v_spent := spend_credits(p_workspace, p_now, p_quantity - v_plan);
  INSERT INTO usage_counters AS c (workspace_id, period_start, used, held)
    VALUES (p_workspace, v_stands.period_start, CASE WHEN p_hold_seconds IS NULL THEN v_plan ELSE 0 END,
      CASE WHEN p_hold_seconds IS NULL THEN 0 ELSE v_plan END)
    ON CONFLICT (workspace_id, period_start) DO UPDATE SET used = c.used + excluded.used, held = c.held + excluded.held;
  INSERT INTO usage_events AS e (workspace_id, idempotency_key, quantity, state, period_start, plan_units, credits, expires_at)
    VALUES (p_workspace, p_key, p_quantity, CASE WHEN p_hold_seconds IS NULL THEN 'counted' ELSE 'held' END,
      v_stands.period_start, v_plan, v_spent, clock_timestamp() + make_interval(secs => p_hold_seconds))
    -- What went back under this key left it free.
    ON CONFLICT (workspace_id, idempotency_key) DO UPDATE SET
      quantity = excluded.quantity, state = excluded.state, attempt = e.attempt + 1, period_start = excluded.period_start,
      plan_units = excluded.plan_units, credits = excluded.credits, expires_at = excluded.expires_at, used_at = excluded.used_at
    RETURNING * INTO v_event;
  v_stands.used := v_stands.used + v_plan;
  IF p_hold_seconds IS NULL THEN
    PERFORM note_counted(v_event, p_now, v_stands.period_start, v_stands.period_end, v_stands.max_units, p_rules);
  END IF;
  RETURN usage_answer('allowed', p_workspace, p_now, to_jsonb(v_stands), v_event);
END $$;

-- Commits a reservation, or gives it back, once. Answers {outcome}: `committed`, `refunded`, what it was before
-- (`already_committed`, `already_refunded`), or `expired`: its units went back by themselves, or the key was taken anew.
CREATE OR REPLACE FUNCTION settle_usage(
  p_workspace uuid, p_now timestamptz, p_key text, p_attempt integer, p_commit boolean, p_rules jsonb
) RETURNS jsonb LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
DECLARE
  v_event usage_events;
  v_stands record;
BEGIN
  PERFORM lock_usage(p_workspace);
  PERFORM release_expired(p_workspace);
  SELECT * INTO v_event FROM usage_events WHERE workspace_id = p_workspace AND idempotency_key = p_key;
  IF v_event.attempt IS DISTINCT FROM p_attempt OR v_event.state = 'expired' THEN
    RETURN jsonb_build_object('outcome', 'expired');
  ELSIF v_event.state = 'counted' THEN
    RETURN jsonb_build_object('outcome', 'already_committed');
  ELSIF v_event.state = 'refunded' THEN
    RETURN jsonb_build_object('outcome', 'already_refunded');
  ELSIF NOT p_commit THEN
    PERFORM give_back(v_event, 'refunded');
    RETURN jsonb_build_object('outcome', 'refunded');
  END IF;
  -- In the period that it was reserved in, whatever day it is.
  UPDATE usage_counters SET used = used + v_event.plan_units, held = held - v_event.plan_units
    WHERE workspace_id = p_workspace AND period_start = v_event.period_start;
  UPDATE usage_events SET state = 'counted', expires_at = NULL, used_at = clock_timestamp()
    WHERE workspace_id = p_workspace AND idempotency_key = p_key;
  SELECT * INTO v_stands FROM usage_state(p_workspace, p_now, p_rules, NULL);
  -- Without a limit that is sure there is no share of it to tell of; the next use finds out.
  PERFORM note_counted(v_event, p_now, v_stands.period_start, v_stands.period_end,
    CASE WHEN v_stands.lapsed THEN 0 ELSE v_stands.max_units END, p_rules);
  RETURN jsonb_build_object('outcome', 'committed');
END $$;

-- One act on a workspace's uses at a time: they share counters of several periods, and credits. Given back at commit.
CREATE OR REPLACE FUNCTION lock_usage(p_workspace uuid) RETURNS void LANGUAGE sql AS $$
  SELECT pg_advisory_xact_lock(hashtextextended('usage:' || p_workspace, 0))
$$;

-- The limit, the period and how much of it is used or held: by the entitlement, or by what stands in its place. What
-- its plan allows is today's catalog's, and an operator's decision is applied as of now, as `currentEntitlement` in
-- lib/entitlements does: the limits in the row are those of its last sync, perhaps from before a deploy.
CREATE OR REPLACE FUNCTION usage_state(
  p_workspace uuid, p_now timestamptz, p_rules jsonb, p_plan_state jsonb, OUT lapsed boolean, OUT max_units integer,
  OUT overage text, OUT period_start timestamptz, OUT period_end timestamptz, OUT used integer
) LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_entitlement entitlements;
  v_tier text;
  v_access text;
  v_subscription subscriptions;
BEGIN
  SELECT * INTO v_entitlement FROM entitlements WHERE workspace_id = p_workspace;
  lapsed := coalesce(v_entitlement.valid_until <= p_now, false);
  IF lapsed AND p_plan_state IS NOT NULL THEN
    lapsed := false;
    v_tier := p_plan_state->>'tier';
    v_access := p_plan_state->>'access';
    v_entitlement.subscription_id := p_plan_state->>'subscription';
  ELSE
    v_tier := coalesce(v_entitlement.tier, 'free');
    v_access := coalesce(v_entitlement.access, 'none');
  END IF;
  -- A plan that the catalog does not have any more leaves what is free.
  IF NOT p_rules->'limits' ? v_tier THEN
    v_tier := 'free';
  END IF;
  max_units := coalesce(
    (SELECT o.amount FROM entitlement_overrides o WHERE o.workspace_id = p_workspace AND o.kind = 'limit'
      AND o.name = 'monthlyUses' AND o.revoked_at IS NULL AND o.expires_at > p_now),
    (p_rules->'limits'->>v_tier)::integer);
  overage := coalesce(p_rules->'overage'->>v_tier, 'block');
  -- A month's limit follows periods of whole months; in a week's it would be given four times.
  IF p_rules->>'period' = 'subscription' AND v_access <> 'none' THEN
    SELECT * INTO v_subscription FROM subscriptions
      WHERE id = v_entitlement.subscription_id AND interval IN ('month', 'year');
  END IF;
  SELECT v_from, v_until INTO period_start, period_end
    FROM usage_period(p_now, v_subscription.current_period_start, v_subscription.current_period_end);
  SELECT c.used + c.held INTO used FROM usage_counters c
    WHERE c.workspace_id = p_workspace AND c.period_start = usage_state.period_start;
  used := coalesce(used, 0);
END $$;

CREATE OR REPLACE FUNCTION usage_answer(
  p_outcome text, p_workspace uuid, p_now timestamptz, p_stands jsonb, p_event usage_events
) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('outcome', p_outcome, 'used', p_stands->'used', 'limit', p_stands->'max_units',
    'resetsAt', p_stands->'period_end', 'credits', credits_left(p_workspace, p_now), 'quantity', p_event.quantity,
    'attempt', p_event.attempt, 'expiresAt', p_event.expires_at)
$$;

-- Gives back what was reserved and neither committed nor given back in time: the process that held it may be dead.
CREATE OR REPLACE FUNCTION release_expired(p_workspace uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_event usage_events;
BEGIN
  FOR v_event IN SELECT * FROM usage_events
    WHERE workspace_id = p_workspace AND state = 'held' AND expires_at <= clock_timestamp() LOOP
    PERFORM give_back(v_event, 'expired');
  END LOOP;
END $$;

CREATE OR REPLACE FUNCTION give_back(p_event usage_events, p_state text) RETURNS void LANGUAGE sql AS $$
  UPDATE usage_events SET state = p_state, expires_at = NULL
    WHERE workspace_id = p_event.workspace_id AND idempotency_key = p_event.idempotency_key;
  UPDATE usage_counters SET held = held - p_event.plan_units
    WHERE workspace_id = p_event.workspace_id AND period_start = p_event.period_start;
  UPDATE usage_credits c SET
      remaining = remaining + CASE WHEN revoked_at IS NULL THEN units ELSE 0 END,
      taken_back = taken_back + CASE WHEN revoked_at IS NULL THEN 0 ELSE units END
    FROM jsonb_to_recordset(p_event.credits) AS s (id uuid, units integer) WHERE c.id = s.id;
$$;
