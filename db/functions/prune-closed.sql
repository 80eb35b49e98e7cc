-- Removes up to p_limit emails that were sent ninety days ago. Their keys are never enqueued again: a sign-in link's is
-- its own hash, and the key of a notification's email comes from the notification, whose entry stays.
CREATE OR REPLACE FUNCTION prune_messages(p_limit integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
  v_done integer;
BEGIN
  DELETE FROM outbox WHERE key = ANY (ARRAY(
    SELECT key FROM outbox
      WHERE kind = 'mail' AND delivered_at IS NOT NULL AND delivered_at < (SELECT clock_timestamp()) - interval '90 days'
      ORDER BY delivered_at LIMIT p_limit FOR UPDATE SKIP LOCKED));
  GET DIAGNOSTICS v_done = ROW_COUNT;
  RETURN v_done;
END $$;

-- Removes up to p_limit checkouts that were left unpaid ninety days ago. One that was paid stays: its return page
-- says what was bought for as long as the workspace exists.
CREATE OR REPLACE FUNCTION prune_intents(p_limit integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
  v_done integer;
BEGIN
  DELETE FROM checkout_intents WHERE id = ANY (ARRAY(
    SELECT id FROM checkout_intents
      WHERE state IN ('expired', 'replaced') AND closed_at < (SELECT clock_timestamp()) - interval '90 days'
      ORDER BY closed_at LIMIT p_limit FOR UPDATE SKIP LOCKED));
  GET DIAGNOSTICS v_done = ROW_COUNT;
  RETURN v_done;
END $$;

REVOKE ALL ON FUNCTION prune_messages, prune_intents FROM PUBLIC;
