-- Removes up to p_limit emails that were sent ninety days ago, and as old uses and events for Stripe's meters. Their
-- keys are never enqueued again: a sign-in link's is its own hash, the key of a notification's email comes from the
-- notification, whose entry stays, and a use's names the instant that it was counted at.
CREATE OR REPLACE FUNCTION prune_messages(p_limit integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET lock_timeout = '2s' AS $$
DECLARE
  v_done integer;
BEGIN
  DELETE FROM outbox WHERE key = ANY (ARRAY(
    -- What Stripe has of a minute is compared with what it acknowledged of it for as long as more of it waits.
    WITH waiting AS MATERIALIZED (
      SELECT target_key AS customer, payload->>'eventName' AS meter, minute_of(payload) AS minute FROM outbox
        WHERE kind IN ('metered_use', 'meter_event') AND delivered_at IS NULL)
    SELECT key FROM outbox o
      WHERE kind IN ('mail', 'metered_use', 'meter_event', 'lapsed_use') AND delivered_at IS NOT NULL
        AND delivered_at < (SELECT clock_timestamp()) - interval '90 days'
        AND NOT (kind = 'meter_event' AND EXISTS (
          SELECT FROM waiting w WHERE w.customer = o.target_key
            AND w.meter = o.payload->>'eventName' AND w.minute = o.payload->>'minute'))
      ORDER BY delivered_at LIMIT p_limit FOR UPDATE OF o SKIP LOCKED));
  GET DIAGNOSTICS v_done = ROW_COUNT;
  RETURN v_done;
END $$;

-- Removes up to p_limit checkouts that were left unpaid ninety days ago. One that was paid stays: its return page
-- says what was bought for as long as the workspace exists.
CREATE OR REPLACE FUNCTION prune_intents(p_limit integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET lock_timeout = '2s' AS $$
DECLARE
  v_done integer;
BEGIN
  -- By their places, which the locks keep: their ids are random, and lie all over an index.
  DELETE FROM checkout_intents WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM checkout_intents
      WHERE state IN ('expired', 'replaced') AND closed_at < (SELECT clock_timestamp()) - interval '90 days'
      ORDER BY closed_at LIMIT p_limit FOR UPDATE SKIP LOCKED));
  GET DIAGNOSTICS v_done = ROW_COUNT;
  RETURN v_done;
END $$;

REVOKE ALL ON FUNCTION prune_messages, prune_intents FROM PUBLIC;
