-- Replays a stored event when an operator asks for it: it is pending once more, under the target that
-- today's rules give it. Facts and outbox entries have natural keys, so nothing happens twice.
-- False when there is no such event.
CREATE OR REPLACE FUNCTION replay_event(p_id text, p_target text, p_actor jsonb, p_reason text)
RETURNS boolean LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
DECLARE
  v_seq bigint;
  v_before webhook_events;
BEGIN
  -- An event is never deleted, so it is still there once the target is locked; that lock comes first.
  IF NOT EXISTS (SELECT FROM webhook_events WHERE id = p_id) THEN RETURN false; END IF;
  PERFORM mark_targets(ARRAY[p_target]);
  SELECT dirty_seq INTO v_seq FROM sync_targets WHERE key = p_target;
  SELECT * INTO v_before FROM webhook_events WHERE id = p_id FOR UPDATE;
  UPDATE webhook_events SET state = 'pending', target_key = p_target, seq = v_seq, attempts = 0,
      reason = NULL, last_error = NULL, done_at = NULL
    WHERE id = p_id;
  PERFORM append_audit(p_target, p_actor, 'event.replay',
    jsonb_build_object('event', p_id, 'state', v_before.state),
    jsonb_build_object('event', p_id, 'state', 'pending', 'reason', p_reason), ARRAY[p_id]);
  RETURN true;
END $$;
