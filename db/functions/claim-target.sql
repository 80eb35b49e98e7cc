-- Takes a target's lease in order to read it now. Returns {claim} or {held, seq}.
-- p_fence: a lease owner that waited out the window continues, if the lease is still its own.
-- p_mark: something changed that no event reported (a person came back from Stripe).
-- p_takeover: a person waits; a lease owner that only waits out the window loses the lease.
CREATE OR REPLACE FUNCTION claim_target(
  p_key text, p_fence bigint, p_mark boolean, p_takeover boolean, p_lease_ms integer
) RETURNS jsonb LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
DECLARE
  v_now timestamptz;
  v_target sync_targets;
  v_held boolean;
BEGIN
  SELECT * INTO v_target FROM sync_targets WHERE key = p_key FOR UPDATE;
  IF NOT FOUND AND p_mark THEN
    -- A delivery may insert it at the same time: then this waits for that one, and locks its row.
    INSERT INTO sync_targets (key) VALUES (p_key)
      ON CONFLICT (key) DO UPDATE SET key = excluded.key RETURNING * INTO v_target;
  END IF;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('held', false, 'seq', 0, 'claim', NULL);
  END IF;
  v_now := clock_timestamp();
  v_held := CASE
    WHEN p_fence IS NOT NULL THEN v_target.fence <> p_fence
    WHEN v_target.lease_until > v_now THEN NOT (p_takeover AND v_target.waiting)
    ELSE false
  END;
  IF v_held THEN
    IF p_mark THEN
      UPDATE sync_targets SET dirty_seq = dirty_seq + 1 WHERE key = p_key RETURNING * INTO v_target;
    END IF;
    RETURN jsonb_build_object('held', true, 'seq', v_target.dirty_seq, 'claim', NULL);
  END IF;
  UPDATE sync_targets SET
      dirty_seq = dirty_seq + p_mark::integer,
      fence = fence + 1,
      waiting = false,
      lease_until = v_now + make_interval(secs => p_lease_ms / 1000.0),
      next_run_at = v_now + debounce_window()
    WHERE key = p_key RETURNING * INTO v_target;
  RETURN jsonb_build_object('held', false, 'seq', v_target.dirty_seq,
    'claim', claim_of(p_key, v_target.fence, v_target.dirty_seq, v_target.attempts, 0));
END $$;
