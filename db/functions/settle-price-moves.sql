-- Ends the open price moves of a customer whose subscription is at the new price, or went another way: what the
-- customer did counts. Called by the sync that has just written its subscriptions, in the same commit.
CREATE OR REPLACE FUNCTION settle_price_moves(p_customer text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v record;
BEGIN
  FOR v IN
    UPDATE price_moves m SET closed_at = clock_timestamp(),
        state = CASE WHEN s.ended_at IS NULL AND s.price_id = m.to_price THEN 'moved' ELSE 'left' END,
        reason = CASE
          WHEN s.ended_at IS NOT NULL THEN 'ended'
          WHEN s.price_id = m.to_price THEN NULL
          WHEN s.price_id IS DISTINCT FROM m.from_price THEN 'changed_plan'
          WHEN s.cancel_at IS NOT NULL OR s.cancel_at_period_end THEN 'canceled'
          -- Its renewal came and went: someone released the schedule at Stripe.
          ELSE 'dropped' END
      FROM subscriptions s
      WHERE m.customer_id = p_customer AND m.closed_at IS NULL AND s.id = m.subscription_id
        AND (s.ended_at IS NOT NULL OR s.price_id IS DISTINCT FROM m.from_price OR s.cancel_at IS NOT NULL
          OR s.cancel_at_period_end OR s.current_period_start >= m.effective_at)
      RETURNING m.id, m.subscription_id, m.state, m.reason, m.to_price
  LOOP
    PERFORM append_audit(p_customer, '{"type":"system","job":"sync"}',
      CASE v.state WHEN 'moved' THEN 'price_move.move' ELSE 'price_move.leave' END, NULL,
      jsonb_build_object('subscription', v.subscription_id, 'move', v.id, 'price', v.to_price, 'reason', v.reason), '{}');
  END LOOP;
END $$;
