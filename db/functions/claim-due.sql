-- Claims what is due and has no lease, for the drain job. Overlapping drains skip each other's rows.
-- A loop, because each call of claim_of must see what committed until its row was locked: with the
-- statement's own older snapshot it would miss an event that its seq includes.
CREATE OR REPLACE FUNCTION claim_due(p_limit integer, p_lease_ms integer)
RETURNS SETOF jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_now timestamptz := clock_timestamp();
  v_target record;
BEGIN
  FOR v_target IN
    UPDATE sync_targets t SET
        fence = fence + 1,
        waiting = false,
        lease_until = v_now + make_interval(secs => p_lease_ms / 1000.0),
        next_run_at = v_now + debounce_window()
      -- An array, because of a join Postgres does not know that it has so few rows, and reads the whole table.
      WHERE t.key = ANY (ARRAY(
        SELECT key FROM sync_targets
          WHERE dirty_seq > synced_seq AND next_run_at <= v_now
            AND (lease_until IS NULL OR lease_until <= v_now)
          ORDER BY next_run_at LIMIT p_limit FOR UPDATE SKIP LOCKED))
      RETURNING t.key, t.fence, t.dirty_seq, t.attempts
  LOOP
    RETURN NEXT claim_of(v_target.key, v_target.fence, v_target.dirty_seq, v_target.attempts, 0);
  END LOOP;
END $$;
