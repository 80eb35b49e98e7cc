-- The path of an event, one round trip a step: ingest, claim, apply, fail.
-- Locks are taken in one order everywhere: the target first, the audit head last.
-- No lock is waited for longer than two seconds: whoever asks can come again, and Stripe will.
-- Leases, debounce and backoff use the database's own clock.

-- 5 s · 2ⁿ, at most 5 h, with ±20 % jitter: long enough to spare Stripe, short enough to heal the same day.
CREATE FUNCTION backoff(p_attempts integer) RETURNS interval LANGUAGE sql VOLATILE AS $$
  SELECT make_interval(secs => least(5 * power(2, least(p_attempts, 20)), 18000) * (0.8 + random() * 0.4))
$$;
--> statement-breakpoint
-- Somebody who reloads a page must not push our own next try into the night.
CREATE FUNCTION tries(p_attempts integer, p_counts boolean) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN p_counts THEN p_attempts + 1 ELSE greatest(p_attempts, 1) END
$$;
--> statement-breakpoint
-- Whether a customer was deleted and its user has another since: what happens to it then says
-- nothing about its user any more.
CREATE FUNCTION is_superseded(p_customer text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM customers c JOIN customers o ON o.user_id = c.user_id AND o.id <> c.id
    WHERE c.id = p_customer AND c.deleted_at IS NOT NULL AND o.deleted_at IS NULL)
$$;
--> statement-breakpoint
-- What a claim hands to its holder: everything that applying needs, as of the claim.
CREATE FUNCTION claim_of(p_key text, p_fence bigint, p_seq bigint, p_wait_ms integer)
RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'key', p_key, 'fence', p_fence, 'seq', p_seq, 'waitMs', p_wait_ms,
    'attempts', (SELECT attempts FROM sync_targets WHERE key = p_key),
    'customer', (SELECT to_jsonb(c) FROM customers c WHERE c.id = p_key),
    'superseded', is_superseded(p_key),
    'subscriptions', coalesce((SELECT jsonb_agg(to_jsonb(s) ORDER BY s.id)
      FROM subscriptions s WHERE s.customer_id = p_key), '[]'),
    'entitlement', (SELECT to_jsonb(e) FROM entitlements e
      JOIN customers c ON c.user_id = e.user_id WHERE c.id = p_key),
    'overrides', coalesce((SELECT jsonb_agg(to_jsonb(o) ORDER BY o.created_at)
      FROM entitlement_overrides o JOIN customers c ON c.user_id = o.user_id
      WHERE c.id = p_key AND o.revoked_at IS NULL), '[]'),
    'events', coalesce((SELECT jsonb_agg(jsonb_build_object(
        'id', w.id, 'type', w.type, 'objectId', w.object_id, 'attempt', w.attempt) ORDER BY w.seq)
      FROM webhook_events w
      WHERE w.target_key = p_key AND w.state = 'pending' AND w.seq <= p_seq), '[]'))
$$;
--> statement-breakpoint
-- Stores an authentic event once, marks its target dirty and, when nobody works on it, takes its lease.
-- p_target null: authentic, not for us; stored as ignored. Answers {outcome, state, claim}.
CREATE FUNCTION ingest_event(
  p_id text, p_type text, p_target text, p_object_id text, p_customer_id text, p_attempt integer,
  p_livemode boolean, p_api_version text, p_stripe_created_at timestamptz, p_reason text,
  p_payload text, p_payload_sha256 text, p_lease_ms integer, p_window_ms integer
) RETURNS jsonb LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
DECLARE
  v_now timestamptz;
  v_target sync_targets;
  v_state text := CASE WHEN p_target IS NULL THEN 'ignored' ELSE 'pending' END;
  v_wait integer;
BEGIN
  -- The target is locked before its event is written: seq is then in commit order per target.
  IF p_target IS NOT NULL THEN
    INSERT INTO sync_targets (key) VALUES (p_target) ON CONFLICT (key) DO NOTHING;
    SELECT * INTO v_target FROM sync_targets WHERE key = p_target FOR UPDATE;
  END IF;

  INSERT INTO webhook_events (id, type, target_key, object_id, customer_id, attempt, livemode,
      api_version, stripe_created_at, seq, state, reason, payload, payload_sha256)
    VALUES (p_id, p_type, p_target, p_object_id, p_customer_id, p_attempt, p_livemode,
      p_api_version, p_stripe_created_at, v_target.dirty_seq + 1, v_state, p_reason, p_payload, p_payload_sha256)
    ON CONFLICT (id) DO NOTHING;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('outcome', 'duplicate',
      'state', (SELECT state FROM webhook_events WHERE id = p_id), 'claim', NULL);
  END IF;
  IF p_target IS NULL THEN
    RETURN jsonb_build_object('outcome', 'new', 'state', v_state, 'claim', NULL);
  END IF;

  -- After the lock: waiting for it takes time, and a new target is due at once.
  v_now := clock_timestamp();
  v_wait := greatest(0, ceil(extract(epoch FROM v_target.next_run_at - v_now) * 1000))::integer;
  -- Held, or backing off: the holder or a sweep will see this event. News shortens a backoff to a
  -- minute: hours are for a target about which nobody has heard anything.
  IF v_target.lease_until > v_now OR v_wait > p_window_ms THEN
    UPDATE sync_targets SET dirty_seq = dirty_seq + 1,
        next_run_at = least(next_run_at, greatest(v_now + interval '60 seconds', lease_until))
      WHERE key = p_target;
    RETURN jsonb_build_object('outcome', 'new', 'state', v_state, 'claim', NULL);
  END IF;

  UPDATE sync_targets SET
      dirty_seq = dirty_seq + 1,
      fence = fence + 1,
      waiting = v_wait > 0,
      lease_until = v_now + make_interval(secs => (v_wait + p_lease_ms) / 1000.0),
      -- Counted from the start of the read: at most one read a window, and one that trails it.
      next_run_at = CASE WHEN v_wait > 0 THEN next_run_at
        ELSE v_now + make_interval(secs => p_window_ms / 1000.0) END
    WHERE key = p_target RETURNING * INTO v_target;
  RETURN jsonb_build_object('outcome', 'new', 'state', v_state,
    'claim', claim_of(p_target, v_target.fence, v_target.dirty_seq, v_wait));
END $$;
--> statement-breakpoint
-- Takes a target's lease in order to read it now. Answers {claim} or {held, seq}.
-- p_fence: a holder that waited out the window goes on, if it still holds.
-- p_mark: something changed that no event told us (a person came back from Stripe).
-- p_takeover: a person waits; a holder that only waits out the window gives way.
CREATE FUNCTION claim_target(
  p_key text, p_fence bigint, p_mark boolean, p_takeover boolean, p_lease_ms integer, p_window_ms integer
) RETURNS jsonb LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
DECLARE
  v_now timestamptz;
  v_target sync_targets;
  v_held boolean;
BEGIN
  IF p_mark THEN
    INSERT INTO sync_targets (key) VALUES (p_key) ON CONFLICT (key) DO NOTHING;
  END IF;
  SELECT * INTO v_target FROM sync_targets WHERE key = p_key FOR UPDATE;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('held', false, 'seq', 0, 'claim', NULL);
  END IF;
  v_now := clock_timestamp();
  IF p_mark THEN
    UPDATE sync_targets SET dirty_seq = dirty_seq + 1 WHERE key = p_key RETURNING * INTO v_target;
  END IF;
  v_held := CASE
    WHEN p_fence IS NOT NULL THEN v_target.fence <> p_fence
    WHEN v_target.lease_until > v_now THEN NOT (p_takeover AND v_target.waiting)
    ELSE false
  END;
  IF v_held THEN
    RETURN jsonb_build_object('held', true, 'seq', v_target.dirty_seq, 'claim', NULL);
  END IF;
  UPDATE sync_targets SET
      fence = fence + 1,
      waiting = false,
      lease_until = v_now + make_interval(secs => p_lease_ms / 1000.0),
      next_run_at = v_now + make_interval(secs => p_window_ms / 1000.0)
    WHERE key = p_key RETURNING * INTO v_target;
  RETURN jsonb_build_object('held', false, 'seq', v_target.dirty_seq,
    'claim', claim_of(p_key, v_target.fence, v_target.dirty_seq, 0));
END $$;
--> statement-breakpoint
-- Claims what is due and held by nobody: the sweeps' way in. Overlapping sweeps skip each other's rows.
-- A loop, because each call of claim_of must see what committed until its row was locked: with the
-- statement's own older snapshot it would miss an event that its seq includes.
CREATE FUNCTION claim_due(p_limit integer, p_lease_ms integer, p_window_ms integer)
RETURNS SETOF jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_now timestamptz := clock_timestamp();
  v_target record;
BEGIN
  FOR v_target IN
    WITH due AS (
      SELECT key FROM sync_targets
        WHERE dirty_seq > synced_seq AND next_run_at <= v_now
          AND (lease_until IS NULL OR lease_until <= v_now)
        ORDER BY next_run_at LIMIT p_limit FOR UPDATE SKIP LOCKED
    )
    UPDATE sync_targets t SET
        fence = fence + 1,
        waiting = false,
        lease_until = v_now + make_interval(secs => p_lease_ms / 1000.0),
        next_run_at = v_now + make_interval(secs => p_window_ms / 1000.0)
      FROM due WHERE t.key = due.key RETURNING t.key, t.fence, t.dirty_seq
  LOOP
    RETURN NEXT claim_of(v_target.key, v_target.fence, v_target.dirty_seq, 0);
  END LOOP;
END $$;
--> statement-breakpoint
-- Commits what a read of Stripe showed: state, entitlement, facts, effects, audit and "done", or nothing.
-- p_change: {customer, stranger, subscriptions[], entitlement, intents[], facts[], effects[], audits[],
-- event_ids[], retry}, columns in snake_case.
-- p_stay: the caller will read again when more arrived; otherwise the lease is given back for a sweep.
-- p_counts: a try of our own, which a later one waits longer after; a person's tries do not count.
-- Answers {applied, again, waitMs}. `again`: more arrived during the read, and the lease is still ours.
CREATE FUNCTION apply_sync(
  p_key text, p_fence bigint, p_seq bigint, p_change jsonb, p_lease_ms integer, p_attempts integer,
  p_stay boolean, p_counts boolean
) RETURNS jsonb LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
DECLARE
  v_now timestamptz := clock_timestamp();
  v_target sync_targets;
  v_adopted boolean := false;
  v_again boolean;
  v_row jsonb;
BEGIN
  -- The fence. A holder that was overtaken writes nothing, however late it wakes.
  UPDATE sync_targets SET
      synced_seq = greatest(synced_seq, p_seq), attempts = 0, last_error = NULL, last_synced_at = v_now,
      waiting = p_stay AND dirty_seq > p_seq,
      lease_until = CASE WHEN p_stay AND dirty_seq > p_seq
        THEN greatest(next_run_at, v_now) + make_interval(secs => p_lease_ms / 1000.0) END
    WHERE key = p_key AND fence = p_fence RETURNING * INTO v_target;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('applied', false, 'again', false, 'waitMs', 0);
  END IF;
  -- A customer that we did not know when the read began. It gets its user unless that user has another living customer,
  -- and is then read again at once, because its user's entitlement was not part of this claim.
  IF p_change->'customer' <> 'null' THEN
    INSERT INTO customers AS c (id, user_id, livemode, deleted_at)
      SELECT r.id, u.id, r.livemode, r.deleted_at
        FROM jsonb_populate_record(NULL::customers, p_change->'customer') r
        LEFT JOIN users u ON u.id = r.user_id AND NOT EXISTS (
          SELECT 1 FROM customers o WHERE o.user_id = u.id AND o.id <> r.id AND o.deleted_at IS NULL)
      ON CONFLICT (id) DO UPDATE SET deleted_at = coalesce(c.deleted_at, excluded.deleted_at)
      RETURNING c.user_id IS NOT NULL AND (p_change->>'stranger')::boolean INTO v_adopted;
    IF v_adopted THEN
      UPDATE sync_targets SET dirty_seq = dirty_seq + 1, waiting = p_stay,
          lease_until = CASE WHEN p_stay
            THEN greatest(next_run_at, v_now) + make_interval(secs => p_lease_ms / 1000.0) END
        WHERE key = p_key RETURNING * INTO v_target;
    END IF;
  END IF;

  INSERT INTO subscriptions AS s
    SELECT r.* FROM jsonb_populate_recordset(NULL::subscriptions,
      (SELECT coalesce(jsonb_agg(e || jsonb_build_object('fence', p_fence, 'synced_at', v_now)), '[]')
        FROM jsonb_array_elements(p_change->'subscriptions') e)) r
    ON CONFLICT (id) DO UPDATE SET
      status = excluded.status, tier = excluded.tier, interval = excluded.interval,
      price_id = excluded.price_id, unit_amount = excluded.unit_amount, currency = excluded.currency,
      quantity = excluded.quantity, current_period_start = excluded.current_period_start,
      current_period_end = excluded.current_period_end, cancel_at = excluded.cancel_at,
      cancel_at_period_end = excluded.cancel_at_period_end, canceled_at = excluded.canceled_at,
      ended_at = excluded.ended_at, trial_end = excluded.trial_end,
      past_due_since = excluded.past_due_since, fence = excluded.fence, synced_at = excluded.synced_at;

  IF p_change->'entitlement' <> 'null' AND NOT is_superseded(p_key) THEN
    INSERT INTO entitlements AS e
      SELECT * FROM jsonb_populate_record(NULL::entitlements,
        (p_change->'entitlement') || jsonb_build_object('fence', p_fence, 'computed_at', v_now))
      ON CONFLICT (user_id) DO UPDATE SET
        tier = excluded.tier, status = excluded.status, access = excluded.access,
        features = excluded.features, limits = excluded.limits,
        subscription_id = excluded.subscription_id, valid_until = excluded.valid_until,
        reason = excluded.reason, fence = excluded.fence, computed_at = excluded.computed_at;
  END IF;

  INSERT INTO effects (key, kind, target_key, payload)
    SELECT e->>'key', e->>'kind', p_key, e->'payload' FROM jsonb_array_elements(p_change->'effects') e
    ON CONFLICT (key) DO NOTHING;

  UPDATE checkout_intents i SET state = c->>'state', closed_at = v_now
    FROM jsonb_array_elements(p_change->'intents') c
    WHERE i.session_id = c->>'session_id' AND i.state = 'open';

  UPDATE webhook_events SET state = 'done', done_at = v_now
    WHERE id IN (SELECT jsonb_array_elements_text(p_change->'event_ids')) AND state = 'pending';

  -- A fact that is already known says nothing new and leaves no audit row.
  FOR v_row IN SELECT * FROM jsonb_array_elements(p_change->'facts') LOOP
    INSERT INTO billing_facts (key, kind, object_id, customer_id, event_id)
      VALUES (v_row->>'key', v_row->>'kind', v_row->>'object_id', v_row->>'customer_id', v_row->>'event_id')
      ON CONFLICT (key) DO NOTHING;
    IF FOUND THEN
      PERFORM append_audit(p_key, jsonb_build_object('type', 'stripe', 'eventId', v_row->>'event_id'),
        v_row->>'kind', NULL, jsonb_build_object('id', v_row->>'object_id'), ARRAY[v_row->>'event_id']);
    END IF;
  END LOOP;

  FOR v_row IN SELECT * FROM jsonb_array_elements(p_change->'audits') LOOP
    PERFORM append_audit(p_key, v_row->'actor', v_row->>'action',
      nullif(v_row->'before', 'null'), nullif(v_row->'after', 'null'),
      ARRAY(SELECT jsonb_array_elements_text(v_row->'event_ids')));
  END LOOP;

  -- Applied, and not settled (a price that the catalogue does not know): kept dirty, visible, tried again later.
  IF p_change->>'retry' IS NOT NULL THEN
    UPDATE sync_targets SET
        dirty_seq = greatest(dirty_seq, synced_seq + 1), attempts = tries(p_attempts, p_counts),
        last_error = left(p_change->>'retry', 500), lease_until = NULL, waiting = false,
        next_run_at = v_now + backoff(p_attempts)
      WHERE key = p_key;
    RETURN jsonb_build_object('applied', true, 'again', false, 'waitMs', 0);
  END IF;

  v_again := p_stay AND v_target.dirty_seq > p_seq;
  RETURN jsonb_build_object('applied', true, 'again', v_again, 'waitMs', CASE WHEN v_again
    THEN greatest(0, ceil(extract(epoch FROM v_target.next_run_at - v_now) * 1000))::integer ELSE 0 END);
END $$;
--> statement-breakpoint
-- Gives a lease back after a failure. A holder that was overtaken changes nothing, and neither does
-- one whose commit went through although its answer was lost.
CREATE FUNCTION fail_target(p_key text, p_fence bigint, p_error text, p_counts boolean)
RETURNS boolean LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
BEGIN
  UPDATE sync_targets SET
      attempts = tries(attempts, p_counts), last_error = left(p_error, 500), lease_until = NULL,
      waiting = false, next_run_at = clock_timestamp() + backoff(attempts)
    WHERE key = p_key AND fence = p_fence AND dirty_seq > synced_seq;
  RETURN FOUND;
END $$;
