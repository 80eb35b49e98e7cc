-- Whether a customer was deleted and its workspace has another since: what happens to this one then says
-- nothing about the workspace any more.
CREATE OR REPLACE FUNCTION is_superseded(p_customer text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM customers c JOIN customers o ON o.workspace_id = c.workspace_id AND o.id <> c.id
    WHERE c.id = p_customer AND c.deleted_at IS NOT NULL AND o.deleted_at IS NULL)
$$;

-- What a claim gives to the lease owner: everything that applying needs, as of the claim. In PL/pgSQL
-- for its kept plan: before version 18 Postgres plans a function in SQL at each call.
CREATE OR REPLACE FUNCTION claim_of(
  p_key text, p_fence bigint, p_seq bigint, p_attempts integer, p_wait_ms integer
) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT jsonb_build_object(
    'key', p_key, 'fence', p_fence, 'seq', p_seq, 'waitMs', p_wait_ms, 'attempts', p_attempts,
    'customer', CASE WHEN c.id IS NOT NULL THEN to_jsonb(c) END,
    'superseded', c.deleted_at IS NOT NULL AND is_superseded(p_key),
    'subscriptions', coalesce((SELECT jsonb_agg(to_jsonb(s) ORDER BY s.id)
      FROM subscriptions s WHERE s.customer_id = p_key), '[]'),
    -- Not joined: with a few hundred overrides Postgres would read and hash all of them for each claim.
    'entitlement', (SELECT to_jsonb(e) FROM entitlements e
      WHERE e.workspace_id = c.workspace_id),
    'overrides', coalesce((SELECT jsonb_agg(to_jsonb(o) ORDER BY o.created_at)
      FROM entitlement_overrides o
      WHERE o.workspace_id = c.workspace_id AND o.revoked_at IS NULL), '[]'),
    'events', coalesce((SELECT jsonb_agg(jsonb_build_object(
        'id', w.id, 'type', w.type, 'objectId', w.object_id, 'attempt', w.attempt,
        'tries', w.attempts,
        'payload', w.body) ORDER BY w.seq)
      FROM (SELECT p.*,
          -- Only the newest: a claim is one row and one answer, however many events wait. What a read shows stands
          -- in for the others.
          CASE WHEN row_number() OVER newest <= 50 AND sum(octet_length(p.fact_body)) OVER newest <= 262144 THEN p.fact_body END AS body
        FROM (SELECT e.*,
            -- Of those that say what a subscription is worth, or what became of its invoice: that is history, and
            -- the only thing that is taken from a body.
            CASE WHEN e.type IN ('customer.subscription.created', 'customer.subscription.updated',
              'customer.subscription.deleted', 'invoice.paid', 'invoice.payment_failed', 'invoice.voided',
              'invoice.marked_uncollectible') THEN e.payload END AS fact_body
          FROM webhook_events e
          WHERE e.target_key = p_key AND e.state = 'pending' AND e.seq <= p_seq) p
        WINDOW newest AS (PARTITION BY p.fact_body IS NULL ORDER BY p.seq DESC)) w), '[]'))
  -- A target need not be a customer of ours: a charge, a product, or one that waits to be linked.
  FROM (VALUES (p_key)) AS t (key) LEFT JOIN customers c ON c.id = t.key);
END $$;
