-- Gives a lease back after a failure. A lease owner that was overtaken changes nothing, and neither does
-- one whose commit succeeded although the answer was lost.
CREATE OR REPLACE FUNCTION fail_target(p_key text, p_fence bigint, p_error text, p_count_attempt boolean)
RETURNS boolean LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
BEGIN
  UPDATE sync_targets SET
      attempts = tries(attempts, p_count_attempt), last_error = left(p_error, 500), lease_until = NULL,
      waiting = false, next_run_at = clock_timestamp() + backoff(attempts)
    WHERE key = p_key AND fence = p_fence AND dirty_seq > synced_seq;
  RETURN FOUND;
END $$;
