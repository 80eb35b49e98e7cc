-- The events about these customers: those that name one, and those about a charge that led to a fact of one
-- (a dispute can contain an address).
CREATE OR REPLACE FUNCTION events_about(p_customers text[]) RETURNS SETOF text LANGUAGE sql STABLE AS $$
  SELECT id FROM webhook_events WHERE customer_id = ANY (p_customers)
  UNION
  SELECT w.id FROM webhook_events w WHERE w.customer_id IS NULL AND w.target_key = ANY (ARRAY(
    SELECT e.target_key FROM billing_facts f JOIN webhook_events e ON e.id = f.event_id
      WHERE f.customer_id = ANY (p_customers) AND e.customer_id IS NULL))
$$;

-- Empties the payloads about customers whose user was erased, and nothing else. Returns how many.
CREATE OR REPLACE FUNCTION erase_payloads(p_customers text[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET lock_timeout = '2s' AS $$
DECLARE
  v_done integer;
BEGIN
  UPDATE webhook_events SET payload = NULL WHERE payload IS NOT NULL AND id = ANY (ARRAY(
    SELECT events_about(ARRAY(SELECT id FROM customers WHERE id = ANY (p_customers) AND erased_at IS NOT NULL))));
  GET DIAGNOSTICS v_done = ROW_COUNT;
  RETURN v_done;
END $$;

-- Empties up to p_limit payloads that are no longer needed: done or ignored, and older than ninety days, which is
-- longer than Stripe resends or keeps an event. One that waits or was given up keeps its payload for an operator.
CREATE OR REPLACE FUNCTION prune_payloads(p_limit integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET lock_timeout = '2s' AS $$
DECLARE
  v_done integer;
BEGIN
  -- An array, because of a join Postgres does not know that it has so few rows, and reads the whole table. The
  -- clock in a SELECT, because an index is searched only for what is the same for every row.
  UPDATE webhook_events SET payload = NULL WHERE id = ANY (ARRAY(
    SELECT id FROM webhook_events
      WHERE payload IS NOT NULL AND received_at < (SELECT clock_timestamp()) - interval '90 days'
        AND state IN ('done', 'ignored')
      ORDER BY received_at LIMIT p_limit FOR UPDATE SKIP LOCKED));
  GET DIAGNOSTICS v_done = ROW_COUNT;
  RETURN v_done;
END $$;

REVOKE ALL ON FUNCTION erase_payloads, prune_payloads FROM PUBLIC;
