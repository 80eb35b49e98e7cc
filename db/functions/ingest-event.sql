-- Stores an authentic event once, marks its target dirty and, when the lease is free, takes it.
-- p_target null: authentic, not for us; stored as ignored. Returns {outcome, state, claim}.
-- p_waits false, for one of several in a statement: null, and nothing is stored, where another transaction has the
-- target, so that the others' deliveries do not wait for it.
CREATE OR REPLACE FUNCTION ingest_event(
  p_id text, p_type text, p_target text, p_object_id text, p_customer_id text, p_attempt integer,
  p_livemode boolean, p_api_version text, p_stripe_created_at timestamptz, p_reason text,
  p_payload text, p_payload_sha256 text, p_lease_ms integer, p_waits boolean
) RETURNS jsonb LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
DECLARE
  v_now timestamptz;
  v_target sync_targets;
  v_state text := CASE WHEN p_target IS NULL THEN 'ignored' ELSE 'pending' END;
  v_wait integer;
BEGIN
  -- What another transaction is inserting, target or event, is waited for in any case, and mostly committed at once. Where
  -- it is not, all of the statement's deliveries wait, and so, perhaps, does that transaction for what they have locked.
  IF NOT p_waits THEN
    PERFORM set_config('lock_timeout', '50ms', true);
  END IF;

  -- The target is locked before its event is written: seq is then in commit order per target.
  IF p_target IS NOT NULL AND p_waits THEN
    SELECT * INTO v_target FROM sync_targets WHERE key = p_target FOR UPDATE;
    IF NOT FOUND THEN
      -- Another delivery may insert it at the same time: then this waits for that one, and locks its row.
      INSERT INTO sync_targets (key) VALUES (p_target)
        ON CONFLICT (key) DO UPDATE SET key = excluded.key RETURNING * INTO v_target;
    END IF;
  ELSIF p_target IS NOT NULL THEN
    SELECT * INTO v_target FROM sync_targets WHERE key = p_target FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
      INSERT INTO sync_targets (key) VALUES (p_target) ON CONFLICT (key) DO NOTHING RETURNING * INTO v_target;
    END IF;
    IF NOT FOUND THEN
      RETURN NULL;
    END IF;
  END IF;

  INSERT INTO webhook_events (id, type, target_key, object_id, customer_id, attempt, livemode,
      api_version, stripe_created_at, seq, state, reason, payload, payload_sha256)
    VALUES (p_id, p_type, p_target, p_object_id, p_customer_id, p_attempt, p_livemode,
      p_api_version, p_stripe_created_at, v_target.dirty_seq + 1, v_state, p_reason,
      -- No payload about a customer whose user was erased is kept.
      CASE WHEN EXISTS (SELECT FROM customers WHERE id = p_customer_id AND erased_at IS NOT NULL) THEN NULL
        ELSE p_payload END, p_payload_sha256)
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
  -- Held, or backing off: the lease owner or the drain job will see this event. A new event shortens a
  -- backoff to a minute: hours are for a target about which nothing arrives.
  IF v_target.lease_until > v_now OR v_wait > extract(epoch FROM debounce_window()) * 1000 THEN
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
        ELSE v_now + debounce_window() END
    WHERE key = p_target RETURNING * INTO v_target;
  RETURN jsonb_build_object('outcome', 'new', 'state', v_state,
    'claim', claim_of(p_target, v_target.fence, v_target.dirty_seq, v_target.attempts, v_wait));
END $$;
