-- Gathers up to p_limit uses into the events that Stripe's meters get: one for what a customer used of a meter in one
-- minute, and never a second one for that minute before Stripe has acknowledged the first. Stripe can be asked what a
-- customer used in a minute, and no shorter time: with one event in doubt, its sum says whether that one arrived.
-- Returns how many events it made.
CREATE OR REPLACE FUNCTION gather_uses(p_limit integer) RETURNS integer LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
DECLARE
  v_done integer;
BEGIN
  -- Another process is gathering; two at once could make two events of one minute. Given back at commit.
  IF NOT pg_try_advisory_xact_lock(hashtextextended('meter_events', 0)) THEN
    RETURN 0;
  END IF;
  WITH unacknowledged AS MATERIALIZED (
    SELECT target_key AS customer, payload->>'eventName' AS meter, payload->>'minute' AS minute FROM outbox
      WHERE kind = 'meter_event' AND delivered_at IS NULL
  ), due AS MATERIALIZED (
    SELECT u.key, u.target_key AS customer, u.payload->>'eventName' AS meter, minute_of(u.payload) AS minute,
        -- A minute in which a period ends is two events: each is billed with its own.
        u.payload->>'period' AS period, (u.payload->>'at')::timestamptz AS at, (u.payload->>'value')::bigint AS value
      FROM outbox u WHERE u.kind = 'metered_use' AND u.delivered_at IS NULL AND NOT EXISTS (
        SELECT FROM unacknowledged a
          WHERE a.customer = u.target_key AND a.meter = u.payload->>'eventName' AND a.minute = minute_of(u.payload))
      ORDER BY u.next_run_at LIMIT p_limit
  ), first AS (
    SELECT DISTINCT ON (customer, meter, minute) customer, meter, minute, period FROM due
      ORDER BY customer, meter, minute, at
  ), event AS MATERIALIZED (
    -- A use is part of one event for ever, so the name of one of its uses names the event. Stripe takes a hundred characters.
    SELECT md5(min(key)) AS identifier, array_agg(key) AS uses, customer, meter, minute, min(at) AS at, sum(value) AS value
      FROM due JOIN first USING (customer, meter, minute, period) GROUP BY customer, meter, minute, period
  ), made AS (
    INSERT INTO outbox (key, kind, target_key, payload)
      SELECT 'meter_event:' || identifier, 'meter_event', customer, jsonb_build_object('eventName', meter,
        'customerId', customer, 'value', value, 'identifier', identifier, 'at', at, 'minute', minute) FROM event
      RETURNING 1
  ), taken AS (
    UPDATE outbox o SET delivered_at = clock_timestamp(),
        payload = o.payload || jsonb_build_object('identifier', event.identifier)
      FROM event WHERE o.key = ANY (event.uses)
  )
  SELECT count(*) INTO v_done FROM made;
  RETURN v_done;
END $$;

-- The minute of an instant in a payload, as text that sorts and that JavaScript reads: 2026-12-07T10:00Z.
CREATE OR REPLACE FUNCTION minute_of(p_payload jsonb) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT to_char((p_payload->>'at')::timestamptz AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"')
$$;
