-- Keeps what could not be counted of a customer's revenue, in the commit of the sync that it came with.
CREATE OR REPLACE FUNCTION leave_out_revenue(p_customer text, p_news jsonb, p_error text) RETURNS void LANGUAGE sql AS $$
  INSERT INTO revenue_left_out (customer_id, news, error) VALUES (p_customer, p_news, left(p_error, 300))
$$;

-- Keeps what could not be read of a customer's revenue: p_revenue->'unread' is [{source, error}]. What p_event_ids or
-- a reading brings and is not among it was read now, and its row goes. In plpgsql, which plans once: each sync calls it.
CREATE OR REPLACE FUNCTION note_unread(p_customer text, p_revenue jsonb, p_event_ids jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM revenue_left_out WHERE source = ANY (ARRAY(
      SELECT jsonb_array_elements_text(p_event_ids)
      UNION ALL SELECT r->>'subscription_id' FROM jsonb_array_elements(p_revenue->'readings') r
      EXCEPT SELECT u->>'source' FROM jsonb_array_elements(p_revenue->'unread') u));
  INSERT INTO revenue_left_out (customer_id, source, error)
    SELECT DISTINCT ON (u->>'source') p_customer, u->>'source', left(u->>'error', 300)
      FROM jsonb_array_elements(p_revenue->'unread') u
    ON CONFLICT (source) DO UPDATE SET error = excluded.error, attempts = revenue_left_out.attempts + 1;
END $$;

-- Counts the oldest that was left out and is due: a customer at a time, for each waits for sums that others change.
-- Returns 'noted', 'failed', or 'none' when nothing is due.
CREATE OR REPLACE FUNCTION note_left_out() RETURNS text LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
DECLARE
  v_row revenue_left_out;
BEGIN
  -- The target first, as a sync does: two at once would derive one customer's months from the same rows.
  SELECT l.* INTO v_row FROM revenue_left_out l JOIN sync_targets t ON t.key = l.customer_id
    WHERE l.news IS NOT NULL AND l.next_run_at <= clock_timestamp()
    ORDER BY l.next_run_at LIMIT 1 FOR UPDATE OF t SKIP LOCKED;
  -- Another process may have noted it between the look and the lock.
  PERFORM FROM revenue_left_out WHERE id = v_row.id FOR UPDATE;
  IF NOT FOUND THEN
    RETURN 'none';
  END IF;
  BEGIN
    PERFORM note_revenue(v_row.customer_id, v_row.news);
    PERFORM note_unread(v_row.customer_id, v_row.news, '[]');
    DELETE FROM revenue_left_out WHERE id = v_row.id;
    RETURN 'noted';
  EXCEPTION WHEN OTHERS THEN
    UPDATE revenue_left_out SET attempts = attempts + 1, error = left(SQLSTATE || ': ' || SQLERRM, 300),
        next_run_at = clock_timestamp() + backoff(attempts)
      WHERE id = v_row.id;
    RETURN 'failed';
  END;
END $$;
