-- Removes up to p_limit uses whose retries cannot come any more: older than ninety days, and not reserved. What they
-- sum up to stays, by period and by day.
CREATE OR REPLACE FUNCTION prune_usage(p_limit integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET lock_timeout = '2s'
-- Planned for the instant itself: for one that it does not know, Postgres takes a third of the rows to be older, and
-- reads the table until it has found as many.
SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  v_done integer;
  v_before timestamptz := clock_timestamp() - interval '90 days';
BEGIN
  DELETE FROM usage_events WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM usage_events WHERE used_at < v_before AND state <> 'held'
      LIMIT p_limit FOR UPDATE SKIP LOCKED));
  GET DIAGNOSTICS v_done = ROW_COUNT;
  RETURN v_done;
END $$;

REVOKE ALL ON FUNCTION prune_usage FROM PUBLIC;
