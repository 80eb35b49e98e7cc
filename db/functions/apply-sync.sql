-- Commits what a read of Stripe showed: state, entitlement, facts, outbox, audit and "done", or nothing.
-- p_change: {customer, workspace_id, superseded, subscriptions[], entitlement, intents[], facts[], outbox[], audits[],
-- marks[], event_ids[], failures[], revenue, retry}, columns in snake_case.
-- p_keep_lease: the caller will read again when more arrived; otherwise the lease is given back for the drain job.
-- p_count_attempt: this attempt lengthens the backoff; one that a person's visit caused does not.
-- Returns {applied, again, waitMs, fence}. `again`: more arrived during the read, and the lease is still ours.
-- `fence`: under which the entitlement was written, null where none was.
-- `revenueLeftOut`: only where what the read says about revenue could not be written, and why.
CREATE OR REPLACE FUNCTION apply_sync(
  p_key text, p_fence bigint, p_seq bigint, p_change jsonb, p_lease_ms integer, p_attempts integer,
  p_keep_lease boolean, p_count_attempt boolean
) RETURNS jsonb LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
DECLARE
  v_now timestamptz := clock_timestamp();
  v_target sync_targets;
  v_known uuid := p_change->>'workspace_id';
  v_settled jsonb := jsonb_build_object('audits', '[]'::jsonb, 'outbox', '[]'::jsonb);
  v_again boolean;
  v_written bigint;
  v_row jsonb;
  v_said jsonb := '{}';
BEGIN
  -- The fence. A lease owner that was overtaken writes nothing, however late it wakes.
  UPDATE sync_targets SET
      synced_seq = greatest(synced_seq, p_seq), attempts = 0, last_error = NULL, last_synced_at = v_now,
      waiting = p_keep_lease AND dirty_seq > p_seq,
      lease_until = CASE WHEN p_keep_lease AND dirty_seq > p_seq
        THEN greatest(next_run_at, v_now) + make_interval(secs => p_lease_ms / 1000.0) END
    WHERE key = p_key AND fence = p_fence RETURNING * INTO v_target;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('applied', false, 'again', false, 'waitMs', 0);
  END IF;

  -- Since the claim the workspace got another customer, or was removed: what was computed for it is no longer
  -- true. Nothing of it is written; this customer is read again, and the workspace's other customers, too.
  IF (is_superseded(p_key) AND NOT (p_change->>'superseded')::boolean)
    OR EXISTS (SELECT FROM customers WHERE id = p_key AND workspace_id IS DISTINCT FROM v_known AND v_known IS NOT NULL) THEN
    UPDATE sync_targets SET dirty_seq = dirty_seq + 1, lease_until = NULL, waiting = false WHERE key = p_key;
    PERFORM mark_targets(ARRAY(SELECT o.id FROM customers c JOIN customers o
      ON o.workspace_id = c.workspace_id AND o.id <> c.id AND o.deleted_at IS NULL WHERE c.id = p_key));
    RETURN jsonb_build_object('applied', false, 'again', false, 'waitMs', 0);
  END IF;

  -- Targets are locked before anything else.
  PERFORM mark_targets(ARRAY(SELECT jsonb_array_elements_text(p_change->'marks'))
    -- Another customer that names the workspace of a deleted one can have that workspace now.
    || CASE WHEN p_change->'customer'->>'deleted_at' IS NULL THEN '{}' ELSE rivals_of(p_key) END);

  -- A customer that has its workspace only now is read again at once: that one's entitlement was not part of this claim.
  IF p_change->'customer' <> 'null' THEN
    v_settled := settle_customer(p_change->'customer', v_known, p_fence, p_change->'event_ids');
    IF (v_settled->>'adopted')::boolean THEN
      UPDATE sync_targets SET dirty_seq = dirty_seq + 1, waiting = p_keep_lease,
          lease_until = CASE WHEN p_keep_lease
            THEN greatest(next_run_at, v_now) + make_interval(secs => p_lease_ms / 1000.0) END
        WHERE key = p_key RETURNING * INTO v_target;
    END IF;
  END IF;

  INSERT INTO subscriptions AS s
    SELECT r.* FROM jsonb_populate_recordset(NULL::subscriptions,
      (SELECT coalesce(jsonb_agg(e || jsonb_build_object('fence', p_fence, 'synced_at', v_now)), '[]')
        FROM jsonb_array_elements(p_change->'subscriptions') e)) r
    ON CONFLICT (id) DO UPDATE SET
      status = excluded.status, tier = excluded.tier, interval = excluded.interval,
      price_id = excluded.price_id, unit_amount = excluded.unit_amount, currency = excluded.currency,
      quantity = excluded.quantity, current_period_start = excluded.current_period_start,
      current_period_end = excluded.current_period_end, cancel_at = excluded.cancel_at,
      cancel_at_period_end = excluded.cancel_at_period_end, canceled_at = excluded.canceled_at,
      ended_at = excluded.ended_at, trial_end = excluded.trial_end,
      past_due_since = excluded.past_due_since, payment = excluded.payment, owes = excluded.owes,
      owed_since = excluded.owed_since, due_at = excluded.due_at, change_unpaid = excluded.change_unpaid,
      covered_tier = excluded.covered_tier, paid_through = excluded.paid_through,
      collection_paused = excluded.collection_paused,
      collection_resumes_at = excluded.collection_resumes_at, fence = excluded.fence, synced_at = excluded.synced_at;

  IF p_change->'entitlement' <> 'null' THEN
    INSERT INTO entitlements AS e
      SELECT * FROM jsonb_populate_record(NULL::entitlements,
        (p_change->'entitlement') || jsonb_build_object('fence', p_fence, 'computed_at', v_now))
      ON CONFLICT (workspace_id) DO UPDATE SET
        tier = excluded.tier, earned_tier = excluded.earned_tier, status = excluded.status,
        access = excluded.access,
        features = excluded.features, limits = excluded.limits,
        subscription_id = excluded.subscription_id, valid_until = excluded.valid_until,
        reason = excluded.reason,
        -- Never lower than before, also when the workspace has another customer, whose own fences begin anew.
        fence = greatest(excluded.fence, e.fence + 1), computed_at = excluded.computed_at
      RETURNING e.fence INTO v_written;
  END IF;

  INSERT INTO outbox (key, kind, target_key, payload)
    SELECT e->>'key', e->>'kind', p_key, e->'payload' FROM jsonb_array_elements(v_settled->'outbox' || (p_change->'outbox')) e
    ON CONFLICT (key) DO NOTHING;

  UPDATE checkout_intents i SET state = c->>'state', closed_at = v_now
    FROM jsonb_array_elements(p_change->'intents') c
    WHERE i.session_id = c->>'session_id' AND i.state = 'open';

  -- Not an event that an operator replayed since the claim: that waits for the next read.
  UPDATE webhook_events SET state = 'done', done_at = v_now
    WHERE id IN (SELECT jsonb_array_elements_text(p_change->'event_ids')) AND state = 'pending'
      AND seq <= p_seq;

  -- An event whose fact could not be written stays, is counted, and is given up when the caller says so.
  UPDATE webhook_events w SET
      attempts = w.attempts + 1, last_error = left(f->>'error', 500),
      state = CASE WHEN (f->>'dead')::boolean THEN 'dead' ELSE w.state END,
      reason = CASE WHEN (f->>'dead')::boolean THEN 'gave_up' ELSE w.reason END
    FROM jsonb_array_elements(p_change->'failures') f
    WHERE w.id = f->>'event_id' AND w.state = 'pending' AND w.seq <= p_seq;

  -- After all that others may wait for, and before the audit heads, which come last everywhere.
  -- Access never hangs on it: what cannot be counted is kept for the drain, and the caller says so.
  BEGIN
    PERFORM note_revenue(p_key, p_change->'revenue');
    PERFORM note_unread(p_key, p_change->'revenue', p_change->'event_ids');
  EXCEPTION WHEN OTHERS THEN
    v_said := jsonb_build_object('revenueLeftOut', SQLSTATE || ': ' || left(SQLERRM, 200));
    PERFORM leave_out_revenue(p_key, p_change->'revenue', v_said->>'revenueLeftOut');
  END;

  -- Before the facts: a fact's event may also come after this read, and the trail must have one order either way.
  FOR v_row IN SELECT * FROM jsonb_array_elements(v_settled->'audits' || (p_change->'audits')) LOOP
    PERFORM append_audit(p_key, v_row->'actor', v_row->>'action',
      nullif(v_row->'before', 'null'), nullif(v_row->'after', 'null'),
      ARRAY(SELECT jsonb_array_elements_text(v_row->'event_ids')));
  END LOOP;

  PERFORM settle_price_moves(p_key);

  -- A known fact leaves no audit row. A fact that no event reported is signed by the actor of the read.
  FOR v_row IN SELECT * FROM jsonb_array_elements(p_change->'facts') LOOP
    INSERT INTO billing_facts (key, kind, object_id, customer_id, event_id)
      VALUES (v_row->>'key', v_row->>'kind', v_row->>'object_id', v_row->>'customer_id', v_row->>'event_id')
      ON CONFLICT (key) DO NOTHING;
    IF FOUND THEN
      -- In its customer's chain, whichever target it was read from: that is where an operator looks.
      PERFORM append_audit(coalesce(v_row->>'customer_id', p_key),
        coalesce(v_row->'shown_to'->'actor', jsonb_build_object('type', 'stripe', 'eventId', v_row->>'event_id')),
        v_row->>'kind', NULL,
        jsonb_build_object('id', v_row->>'object_id') || coalesce(nullif(v_row->'details', 'null'), '{}'),
        CASE WHEN v_row->>'event_id' IS NULL
          THEN ARRAY(SELECT jsonb_array_elements_text(v_row->'shown_to'->'eventIds'))
          ELSE ARRAY[v_row->>'event_id'] END);
    END IF;
  END LOOP;

  -- Applied, and not resolved (a price that the catalog does not know): kept dirty, visible, tried again later.
  IF p_change->>'retry' IS NOT NULL THEN
    UPDATE sync_targets SET
        dirty_seq = greatest(dirty_seq, synced_seq + 1), attempts = tries(p_attempts, p_count_attempt),
        last_error = left(p_change->>'retry', 500), lease_until = NULL, waiting = false,
        next_run_at = v_now + backoff(p_attempts)
      WHERE key = p_key;
    RETURN jsonb_build_object('applied', true, 'again', false, 'waitMs', 0, 'fence', v_written) || v_said;
  END IF;

  v_again := p_keep_lease AND v_target.dirty_seq > p_seq;
  RETURN jsonb_build_object('applied', true, 'again', v_again, 'fence', v_written, 'waitMs', CASE WHEN v_again
    THEN greatest(0, ceil(extract(epoch FROM v_target.next_run_at - v_now) * 1000))::integer ELSE 0 END) || v_said;
END $$;
