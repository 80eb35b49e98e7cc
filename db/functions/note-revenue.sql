-- How each instant at which something was reported of a customer's subscriptions ended, a row for each.
CREATE OR REPLACE FUNCTION revenue_finals(p_customer text) RETURNS SETOF revenue_moments LANGUAGE sql STABLE AS $$
  SELECT DISTINCT ON (m.subscription_id, m.at) m.* FROM revenue_moments m
    CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE o.state = m.state) - count(*) FILTER (WHERE o.before = m.state) AS net
      FROM revenue_moments o WHERE o.subscription_id = m.subscription_id AND o.at = m.at AND o.source = 'event') g
    WHERE m.customer_id = p_customer
    ORDER BY m.subscription_id, m.at, (m.source = 'event') DESC,
      -- What has ended stays so. Otherwise the state that was reached once more often than it was left; and where
      -- it all came full circle, the one from before.
      (m.status IN ('canceled', 'incomplete_expired')) DESC, g.net DESC,
      (m.state IN (SELECT p.state FROM revenue_moments p WHERE p.subscription_id = m.subscription_id
        AND p.at = (SELECT max(q.at) FROM revenue_moments q WHERE q.subscription_id = m.subscription_id AND q.at < m.at))) DESC,
      m.key
$$;

-- What a customer's months come to, from all that was ever reported.
CREATE OR REPLACE FUNCTION revenue_movements_of(p_customer text) RETURNS SETOF revenue_movements LANGUAGE sql STABLE AS $$
  WITH final AS MATERIALIZED (
    SELECT f.subscription_id, f.currency, f.plan, f.at, f.mrr, f.later, f.ended_by,
        lead(f.at) OVER (PARTITION BY f.subscription_id ORDER BY f.at) AS until
      FROM revenue_finals(p_customer) f WHERE f.currency IS NOT NULL),
  points AS (
    SELECT subscription_id, currency, plan, at, mrr, ended_by FROM final
    UNION ALL
    SELECT f.subscription_id, f.currency, f.plan, s.at, s.mrr, NULL
      FROM final f, jsonb_to_recordset(f.later) AS s(at timestamptz, mrr bigint)
      WHERE s.at > f.at AND (f.until IS NULL OR s.at < f.until)),
  months AS (SELECT DISTINCT date_trunc('month', at AT TIME ZONE 'UTC') AS month FROM points),
  latest AS (
    SELECT DISTINCT ON (m.month, p.subscription_id) m.month, p.*
      FROM months m JOIN points p ON p.at AT TIME ZONE 'UTC' < m.month + interval '1 month'
      ORDER BY m.month, p.subscription_id, p.at DESC),
  ends AS (
    SELECT month::date AS month, currency, sum(mrr)::bigint AS mrr,
        -- Of several subscriptions the one that is worth most names the plan.
        CASE WHEN sum(mrr) > 0 THEN coalesce((array_agg(plan ORDER BY mrr DESC, subscription_id))[1], '') ELSE '' END AS plan,
        (array_agg(ended_by ORDER BY at DESC))[1] AS ended_by
      FROM latest GROUP BY month, currency),
  steps AS (
    SELECT month, currency, mrr, plan, ended_by,
        coalesce(lag(mrr) OVER w, 0) AS mrr_before, coalesce(lag(plan) OVER w, '') AS plan_before,
        min(month) FILTER (WHERE mrr > 0) OVER (PARTITION BY currency) AS cohort
      FROM ends WINDOW w AS (PARTITION BY currency ORDER BY month))
  SELECT p_customer, currency, month, lead(month) OVER (PARTITION BY currency ORDER BY month),
      CASE WHEN mrr_before = 0 AND month = cohort THEN 'new' WHEN mrr_before = 0 THEN 'reactivation'
        WHEN mrr = 0 THEN 'churn' WHEN mrr > mrr_before THEN 'expansion' WHEN mrr < mrr_before THEN 'contraction' ELSE 'move' END,
      mrr_before, mrr, plan_before, plan, cohort, CASE WHEN mrr = 0 THEN ended_by END
    FROM steps WHERE mrr <> mrr_before OR plan <> plan_before ORDER BY currency, month
$$;

-- Writes down what a read and its events said about a customer's recurring revenue, and derives what follows from it.
-- p_news: {moments[], readings[], invoices[]}, columns in snake_case. What is known already changes nothing.
CREATE OR REPLACE FUNCTION note_revenue(p_customer text, p_news jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_moved boolean;
  v_read boolean;
  v_old revenue_movements[];
  v_new revenue_movements[];
BEGIN
  IF p_news->'invoices' <> '[]' THEN
    INSERT INTO revenue_invoices AS i
      SELECT invoice_id, min(customer_id), min(subscription_id), min(currency), max(amount), min(failed_at), min(paid_at), min(lost_at)
        FROM jsonb_populate_recordset(NULL::revenue_invoices, p_news->'invoices') GROUP BY invoice_id
      ON CONFLICT (invoice_id) DO UPDATE SET amount = greatest(i.amount, excluded.amount),
        failed_at = least(i.failed_at, excluded.failed_at), paid_at = least(i.paid_at, excluded.paid_at),
        lost_at = least(i.lost_at, excluded.lost_at);
  END IF;

  INSERT INTO revenue_moments
    SELECT * FROM jsonb_populate_recordset(NULL::revenue_moments, p_news->'moments') ON CONFLICT (key) DO NOTHING;
  v_moved := FOUND;

  -- A read says something new only where the last that was reported is not what it shows.
  INSERT INTO revenue_moments
    SELECT r.* FROM jsonb_populate_recordset(NULL::revenue_moments, p_news->'readings') r
      WHERE NOT EXISTS (SELECT FROM revenue_moments m WHERE m.subscription_id = r.subscription_id AND m.state = r.state
        AND m.at = (SELECT max(l.at) FROM revenue_moments l WHERE l.subscription_id = r.subscription_id))
    ON CONFLICT (key) DO NOTHING;
  v_read := FOUND;
  IF NOT v_moved AND NOT v_read THEN
    RETURN;
  END IF;

  INSERT INTO revenue_subscriptions AS s
    SELECT f.subscription_id, p_customer, (array_agg(f.status ORDER BY f.at DESC))[1],
        coalesce((array_agg(f.plan ORDER BY f.at DESC))[1], ''), coalesce((array_agg(f.currency ORDER BY f.at DESC))[1], ''),
        min(f.at) FILTER (WHERE f.status = 'trialing'),
        min(f.at) FILTER (WHERE f.status IN ('active', 'past_due') AND f.at >= t.began),
        CASE WHEN (array_agg(f.status ORDER BY f.at DESC))[1] IN ('canceled', 'incomplete_expired') THEN max(f.at) END,
        (array_agg(f.renews_at ORDER BY f.at DESC))[1], (array_agg(f.renews_amount ORDER BY f.at DESC))[1]
      FROM revenue_finals(p_customer) f
      LEFT JOIN LATERAL (SELECT min(m.at) AS began FROM revenue_moments m
        WHERE m.subscription_id = f.subscription_id AND m.status = 'trialing') t ON true
      GROUP BY f.subscription_id
    ON CONFLICT (subscription_id) DO UPDATE SET status = excluded.status, plan = excluded.plan, currency = excluded.currency,
      trial_started_at = excluded.trial_started_at, converted_at = excluded.converted_at, ended_at = excluded.ended_at,
      renews_at = excluded.renews_at, renews_amount = excluded.renews_amount;

  v_old := ARRAY(SELECT m FROM revenue_movements m WHERE m.customer_id = p_customer ORDER BY m.currency, m.month);
  v_new := ARRAY(SELECT m FROM revenue_movements_of(p_customer) m);
  IF v_old = v_new THEN
    RETURN;
  END IF;
  DELETE FROM revenue_movements WHERE customer_id = p_customer;
  INSERT INTO revenue_movements SELECT * FROM unnest(v_new);
  -- In one order everywhere, so that two customers never wait for each other.
  INSERT INTO revenue_totals AS t
    SELECT d.month, d.currency, d.kind, d.plan_before, d.plan_after, d.cohort, coalesce(d.cause, ''), abs(hashtext(p_customer) % 4),
        sum(d.sign), sum(d.sign * d.mrr_before), sum(d.sign * d.mrr_after)
      FROM (SELECT -1 AS sign, o.* FROM unnest(v_old) o UNION ALL SELECT 1, n.* FROM unnest(v_new) n) d
      GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
      HAVING sum(d.sign) <> 0 OR sum(d.sign * d.mrr_before) <> 0 OR sum(d.sign * d.mrr_after) <> 0
      ORDER BY 1, 2, 3, 4, 5, 6, 7
    ON CONFLICT (month, currency, kind, plan_before, plan_after, cohort, cause, shard) DO UPDATE SET
      customers = t.customers + excluded.customers,
      mrr_before = t.mrr_before + excluded.mrr_before, mrr_after = t.mrr_after + excluded.mrr_after;
END $$;
