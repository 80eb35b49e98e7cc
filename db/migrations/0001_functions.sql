-- Written by `npm run db:generate` from db/functions. Do not edit.
SET LOCAL check_function_bodies = off;
--> statement-breakpoint
-- db/functions/anchor-audit.sql
CREATE OR REPLACE FUNCTION audit_day(p_at timestamptz) RETURNS date LANGUAGE sql IMMUTABLE AS $$
  SELECT (p_at AT TIME ZONE 'UTC')::date
$$;

-- The root of a day, over what was anchored for it and over the root before it. A change of any
-- anchored day changes every root after it.
CREATE OR REPLACE FUNCTION audit_root(p_prev text, p_day date) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(concat_ws(E'\n', p_prev, p_day::text, string_agg(
    jsonb_build_array(scope, n, hash)::text, E'\n' ORDER BY scope COLLATE "C")), 'UTF8')), 'hex')
    FROM audit_anchor_heads WHERE day = p_day
$$;

-- Anchors every day that is over and not anchored yet, and returns how many it did. What it writes
-- follows from audit_log alone, so two runs agree, and a missed day is anchored later.
CREATE OR REPLACE FUNCTION anchor_audit() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET lock_timeout = '2s' AS $$
DECLARE
  -- Ten minutes of patience: a row gets its time a moment before it is written.
  v_through date := audit_day(clock_timestamp() - interval '10 minutes') - 1;
  v_day date;
  v_root text;
  v_writers text[];
  v_scopes integer;
  v_done integer := 0;
BEGIN
  -- Another run is anchoring. The lock has a name of ours, and ends with the transaction.
  IF NOT pg_try_advisory_xact_lock(hashtextextended('audit_anchors', 0)) THEN
    RETURN 0;
  END IF;
  SELECT day, root INTO v_day, v_root FROM audit_anchors ORDER BY day DESC LIMIT 1;
  v_day := coalesce(v_day + 1, (SELECT audit_day(min(at)) FROM audit_log));
  IF v_day IS NULL OR v_day > v_through THEN
    RETURN 0;
  END IF;

  -- A transaction that began before midnight and still runs may have rows that are not visible yet. We
  -- wait for it without a lock, which would make every writer wait.
  SELECT array_agg(virtualtransaction) INTO v_writers FROM pg_locks
    WHERE relation = 'audit_log'::regclass AND mode = 'RowExclusiveLock'
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database());
  FOR i IN 1..100 LOOP
    EXIT WHEN NOT EXISTS (SELECT FROM pg_locks WHERE relation = 'audit_log'::regclass
      AND mode = 'RowExclusiveLock' AND virtualtransaction = ANY (v_writers));
    IF i = 100 THEN
      RAISE EXCEPTION 'a transaction has been writing to audit_log for ten seconds: try again later'
        USING ERRCODE = 'lock_not_available';
    END IF;
    PERFORM pg_sleep(0.1);
  END LOOP;

  WHILE v_day <= v_through LOOP
    INSERT INTO audit_anchor_heads (day, scope, n, hash)
      SELECT DISTINCT ON (scope) v_day, scope, n, hash FROM audit_log
        WHERE at >= v_day::timestamp AT TIME ZONE 'UTC' AND at < (v_day + 1)::timestamp AT TIME ZONE 'UTC'
        ORDER BY scope, n DESC;
    GET DIAGNOSTICS v_scopes = ROW_COUNT;
    v_root := audit_root(v_root, v_day);
    INSERT INTO audit_anchors (day, root, scopes) VALUES (v_day, v_root, v_scopes);
    v_done := v_done + 1;
    v_day := v_day + 1;
  END LOOP;
  RETURN v_done;
END $$;

REVOKE ALL ON FUNCTION anchor_audit FROM PUBLIC;
--> statement-breakpoint
-- db/functions/append-audit.sql
-- Appends to the chain of a scope, for SQL and for TypeScript alike. With its owner's rights: a role that
-- may call it can add a row that fits the chain, and needs no right on the tables.
CREATE OR REPLACE FUNCTION append_audit(
  p_scope text, p_actor jsonb, p_action text, p_before jsonb, p_after jsonb, p_event_ids text[]
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET lock_timeout = '2s' AS $$
DECLARE
  v_n bigint;
  v_prev text;
  v_at timestamptz;
  v_hash text;
BEGIN
  -- Locks the head until commit: a chain has one writer at a time.
  INSERT INTO audit_heads AS head (scope, n, hash) VALUES (p_scope, 1, '')
    ON CONFLICT (scope) DO UPDATE SET n = head.n + 1
    RETURNING head.n, head.hash INTO v_n, v_prev;
  -- After the lock, so that time never runs backwards along a chain.
  v_at := clock_timestamp();
  v_hash := audit_hash(v_prev, p_scope, v_n, v_at, p_actor, p_action, p_before, p_after, p_event_ids);
  INSERT INTO audit_log (scope, n, at, actor, action, before, after, event_ids, prev, hash)
    VALUES (p_scope, v_n, v_at, p_actor, p_action, p_before, p_after, p_event_ids, v_prev, v_hash);
  UPDATE audit_heads SET hash = v_hash WHERE scope = p_scope;
  RETURN v_n;
END $$;

REVOKE ALL ON FUNCTION append_audit FROM PUBLIC;
--> statement-breakpoint
-- db/functions/apply-sync.sql
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
--> statement-breakpoint
-- db/functions/audit-hash.sql
-- The audit trail is append-only, with a hash chain per scope. Appending and verifying share this one hash.
CREATE OR REPLACE FUNCTION audit_hash(
  p_prev text, p_scope text, p_n bigint, p_at timestamptz, p_actor jsonb, p_action text,
  p_before jsonb, p_after jsonb, p_event_ids text[]
) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  -- A JSON array, because joined strings can be cut in two ways.
  SELECT encode(sha256(convert_to(p_prev || jsonb_build_array(
    p_scope, p_n, to_char(p_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    p_actor, p_action, p_before, p_after, to_jsonb(p_event_ids))::text, 'UTF8')), 'hex')
$$;
--> statement-breakpoint
-- db/functions/backoff.sql
-- 5 s · 2ⁿ, at most 5 h, with ±20 % jitter: long enough to spare Stripe, short enough to heal the same day.
CREATE OR REPLACE FUNCTION backoff(p_attempts integer) RETURNS interval LANGUAGE sql VOLATILE AS $$
  SELECT make_interval(secs => least(5 * power(2, least(p_attempts, 20)), 18000) * (0.8 + random() * 0.4))
$$;

-- A person who reloads a page must not postpone our own next try by hours.
CREATE OR REPLACE FUNCTION tries(p_attempts integer, p_count_attempt boolean) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN p_count_attempt THEN p_attempts + 1 ELSE greatest(p_attempts, 1) END
$$;
--> statement-breakpoint
-- db/functions/claim-due.sql
-- Claims what is due and has no lease, for the drain job. Overlapping drains skip each other's rows.
-- A loop, because each call of claim_of must see what committed until its row was locked: with the
-- statement's own older snapshot it would miss an event that its seq includes.
CREATE OR REPLACE FUNCTION claim_due(p_limit integer, p_lease_ms integer)
RETURNS SETOF jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_now timestamptz := clock_timestamp();
  v_target record;
BEGIN
  FOR v_target IN
    UPDATE sync_targets t SET
        fence = fence + 1,
        waiting = false,
        lease_until = v_now + make_interval(secs => p_lease_ms / 1000.0),
        next_run_at = v_now + debounce_window()
      -- An array, because of a join Postgres does not know that it has so few rows, and reads the whole table.
      WHERE t.key = ANY (ARRAY(
        SELECT key FROM sync_targets
          WHERE dirty_seq > synced_seq AND next_run_at <= v_now
            AND (lease_until IS NULL OR lease_until <= v_now)
          ORDER BY next_run_at LIMIT p_limit FOR UPDATE SKIP LOCKED))
      RETURNING t.key, t.fence, t.dirty_seq, t.attempts
  LOOP
    RETURN NEXT claim_of(v_target.key, v_target.fence, v_target.dirty_seq, v_target.attempts, 0);
  END LOOP;
END $$;
--> statement-breakpoint
-- db/functions/claim-of.sql
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
--> statement-breakpoint
-- db/functions/claim-target.sql
-- Takes a target's lease in order to read it now. Returns {claim} or {held, seq}.
-- p_fence: a lease owner that waited out the window continues, if the lease is still its own.
-- p_mark: something changed that no event reported (a person came back from Stripe).
-- p_takeover: a person waits; a lease owner that only waits out the window loses the lease.
CREATE OR REPLACE FUNCTION claim_target(
  p_key text, p_fence bigint, p_mark boolean, p_takeover boolean, p_lease_ms integer
) RETURNS jsonb LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
DECLARE
  v_now timestamptz;
  v_target sync_targets;
  v_held boolean;
BEGIN
  SELECT * INTO v_target FROM sync_targets WHERE key = p_key FOR UPDATE;
  IF NOT FOUND AND p_mark THEN
    -- A delivery may insert it at the same time: then this waits for that one, and locks its row.
    INSERT INTO sync_targets (key) VALUES (p_key)
      ON CONFLICT (key) DO UPDATE SET key = excluded.key RETURNING * INTO v_target;
  END IF;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('held', false, 'seq', 0, 'claim', NULL);
  END IF;
  v_now := clock_timestamp();
  v_held := CASE
    WHEN p_fence IS NOT NULL THEN v_target.fence <> p_fence
    WHEN v_target.lease_until > v_now THEN NOT (p_takeover AND v_target.waiting)
    ELSE false
  END;
  IF v_held THEN
    IF p_mark THEN
      UPDATE sync_targets SET dirty_seq = dirty_seq + 1 WHERE key = p_key RETURNING * INTO v_target;
    END IF;
    RETURN jsonb_build_object('held', true, 'seq', v_target.dirty_seq, 'claim', NULL);
  END IF;
  UPDATE sync_targets SET
      dirty_seq = dirty_seq + p_mark::integer,
      fence = fence + 1,
      waiting = false,
      lease_until = v_now + make_interval(secs => p_lease_ms / 1000.0),
      next_run_at = v_now + debounce_window()
    WHERE key = p_key RETURNING * INTO v_target;
  RETURN jsonb_build_object('held', false, 'seq', v_target.dirty_seq,
    'claim', claim_of(p_key, v_target.fence, v_target.dirty_seq, v_target.attempts, 0));
END $$;
--> statement-breakpoint
-- db/functions/count-usage.sql
-- Counts or reserves units of a workspace's use, and once for each key, if its plan and its credits allow it. One
-- lock for each workspace comes first, so that of however many at once exactly the limit passes.
-- p_hold_seconds null: counted for good; otherwise held for so long, until `settle_usage` or its end.
-- p_plan_state: {tier, access, subscription}, what stands in place of an entitlement that has run out; null: unknown.
-- Answers {outcome, used, limit, credits, resetsAt, attempt, expiresAt, quantity}. `lapsed`: the entitlement has run
-- out, nothing was counted, and the caller must find out what stands. `key_reused`: the key names another use.
CREATE OR REPLACE FUNCTION count_usage(
  p_workspace uuid, p_now timestamptz, p_key text, p_quantity integer, p_hold_seconds integer, p_rules jsonb, p_plan_state jsonb
) RETURNS jsonb LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
DECLARE
  v_stands record;
  v_event usage_events;
  v_room integer;
  v_credits integer;
  v_plan integer;
  v_spent jsonb;
  v_outcome text;
BEGIN
  PERFORM lock_usage(p_workspace);
  PERFORM release_expired(p_workspace);
  -- After the lock: a plan that changed while it was waited for counts as it is now.
  SELECT * INTO v_stands FROM usage_state(p_workspace, p_now, p_rules, p_plan_state);
  IF v_stands.lapsed THEN
    RETURN jsonb_build_object('outcome', 'lapsed');
  END IF;

  SELECT * INTO v_event FROM usage_events WHERE workspace_id = p_workspace AND idempotency_key = p_key;
  IF v_event.state IN ('counted', 'held') THEN
    v_outcome := CASE
      WHEN v_event.quantity <> p_quantity THEN 'key_reused'
      WHEN v_event.state = 'counted' THEN 'already_counted'
      -- Reserved by another act: counting it now would let its reservation count a second time.
      WHEN p_hold_seconds IS NULL THEN 'key_reused'
      ELSE 'already_reserved' END;
    RETURN usage_answer(v_outcome, p_workspace, p_now, to_jsonb(v_stands), v_event);
  END IF;

  v_room := greatest(0, v_stands.max_units - v_stands.used);
  v_credits := credits_left(p_workspace, p_now);
  v_plan := least(v_room, CASE WHEN p_rules->>'credits' = 'before_plan'
    THEN p_quantity - least(p_quantity, v_credits) ELSE p_quantity END);
  IF v_plan + v_credits < p_quantity THEN
    IF v_stands.overage <> 'allow' THEN
      RETURN usage_answer('limit_reached', p_workspace, p_now, to_jsonb(v_stands), v_event);
    END IF;
    v_plan := p_quantity - v_credits;
  END IF;

  v_spent := spend_credits(p_workspace, p_now, p_quantity - v_plan);
  INSERT INTO usage_counters AS c (workspace_id, period_start, used, held)
    VALUES (p_workspace, v_stands.period_start, CASE WHEN p_hold_seconds IS NULL THEN v_plan ELSE 0 END,
      CASE WHEN p_hold_seconds IS NULL THEN 0 ELSE v_plan END)
    ON CONFLICT (workspace_id, period_start) DO UPDATE SET used = c.used + excluded.used, held = c.held + excluded.held;
  INSERT INTO usage_events AS e (workspace_id, idempotency_key, quantity, state, period_start, plan_units, credits, expires_at)
    VALUES (p_workspace, p_key, p_quantity, CASE WHEN p_hold_seconds IS NULL THEN 'counted' ELSE 'held' END,
      v_stands.period_start, v_plan, v_spent, clock_timestamp() + make_interval(secs => p_hold_seconds))
    -- What went back under this key left it free.
    ON CONFLICT (workspace_id, idempotency_key) DO UPDATE SET
      quantity = excluded.quantity, state = excluded.state, attempt = e.attempt + 1, period_start = excluded.period_start,
      plan_units = excluded.plan_units, credits = excluded.credits, expires_at = excluded.expires_at, used_at = excluded.used_at
    RETURNING * INTO v_event;
  v_stands.used := v_stands.used + v_plan;
  IF p_hold_seconds IS NULL THEN
    PERFORM note_counted(v_event, p_now, v_stands.period_start, v_stands.period_end, v_stands.max_units, p_rules);
  END IF;
  RETURN usage_answer('allowed', p_workspace, p_now, to_jsonb(v_stands), v_event);
END $$;

-- Commits a reservation, or gives it back, once. Answers {outcome}: `committed`, `refunded`, what it was before
-- (`already_committed`, `already_refunded`), or `expired`: its units went back by themselves, or the key was taken anew.
CREATE OR REPLACE FUNCTION settle_usage(
  p_workspace uuid, p_now timestamptz, p_key text, p_attempt integer, p_commit boolean, p_rules jsonb
) RETURNS jsonb LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
DECLARE
  v_event usage_events;
  v_stands record;
BEGIN
  PERFORM lock_usage(p_workspace);
  PERFORM release_expired(p_workspace);
  SELECT * INTO v_event FROM usage_events WHERE workspace_id = p_workspace AND idempotency_key = p_key;
  IF v_event.attempt IS DISTINCT FROM p_attempt OR v_event.state = 'expired' THEN
    RETURN jsonb_build_object('outcome', 'expired');
  ELSIF v_event.state = 'counted' THEN
    RETURN jsonb_build_object('outcome', 'already_committed');
  ELSIF v_event.state = 'refunded' THEN
    RETURN jsonb_build_object('outcome', 'already_refunded');
  ELSIF NOT p_commit THEN
    PERFORM give_back(v_event, 'refunded');
    RETURN jsonb_build_object('outcome', 'refunded');
  END IF;
  -- In the period that it was reserved in, whatever day it is.
  UPDATE usage_counters SET used = used + v_event.plan_units, held = held - v_event.plan_units
    WHERE workspace_id = p_workspace AND period_start = v_event.period_start;
  UPDATE usage_events SET state = 'counted', expires_at = NULL, used_at = clock_timestamp()
    WHERE workspace_id = p_workspace AND idempotency_key = p_key;
  SELECT * INTO v_stands FROM usage_state(p_workspace, p_now, p_rules, NULL);
  -- Without a limit that is sure there is no share of it to tell of; the next use finds out.
  PERFORM note_counted(v_event, p_now, v_stands.period_start, v_stands.period_end,
    CASE WHEN v_stands.lapsed THEN 0 ELSE v_stands.max_units END, p_rules);
  RETURN jsonb_build_object('outcome', 'committed');
END $$;

-- One act on a workspace's uses at a time: they share counters of several periods, and credits. Given back at commit.
CREATE OR REPLACE FUNCTION lock_usage(p_workspace uuid) RETURNS void LANGUAGE sql AS $$
  SELECT pg_advisory_xact_lock(hashtextextended('usage:' || p_workspace, 0))
$$;

-- The limit, the period and how much of it is used or held: by the entitlement, or by what stands in its place. What
-- its plan allows is today's catalog's, and an operator's decision is applied as of now, as `currentEntitlement` in
-- lib/entitlements does: the limits in the row are those of its last sync, perhaps from before a deploy.
CREATE OR REPLACE FUNCTION usage_state(
  p_workspace uuid, p_now timestamptz, p_rules jsonb, p_plan_state jsonb, OUT lapsed boolean, OUT max_units integer,
  OUT overage text, OUT period_start timestamptz, OUT period_end timestamptz, OUT used integer
) LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_entitlement entitlements;
  v_tier text;
  v_access text;
  v_subscription subscriptions;
BEGIN
  SELECT * INTO v_entitlement FROM entitlements WHERE workspace_id = p_workspace;
  lapsed := coalesce(v_entitlement.valid_until <= p_now, false);
  IF lapsed AND p_plan_state IS NOT NULL THEN
    lapsed := false;
    v_tier := p_plan_state->>'tier';
    v_access := p_plan_state->>'access';
    v_entitlement.subscription_id := p_plan_state->>'subscription';
  ELSE
    v_tier := coalesce(v_entitlement.tier, 'free');
    v_access := coalesce(v_entitlement.access, 'none');
  END IF;
  -- A plan that the catalog does not have any more leaves what is free.
  IF NOT p_rules->'limits' ? v_tier THEN
    v_tier := 'free';
  END IF;
  max_units := coalesce(
    (SELECT o.amount FROM entitlement_overrides o WHERE o.workspace_id = p_workspace AND o.kind = 'limit'
      AND o.name = 'monthlyUses' AND o.revoked_at IS NULL AND o.expires_at > p_now),
    (p_rules->'limits'->>v_tier)::integer);
  overage := coalesce(p_rules->'overage'->>v_tier, 'block');
  -- A month's limit follows periods of whole months; in a week's it would be given four times.
  IF p_rules->>'period' = 'subscription' AND v_access <> 'none' THEN
    SELECT * INTO v_subscription FROM subscriptions
      WHERE id = v_entitlement.subscription_id AND interval IN ('month', 'year');
  END IF;
  SELECT v_from, v_until INTO period_start, period_end
    FROM usage_period(p_now, v_subscription.current_period_start, v_subscription.current_period_end);
  SELECT c.used + c.held INTO used FROM usage_counters c
    WHERE c.workspace_id = p_workspace AND c.period_start = usage_state.period_start;
  used := coalesce(used, 0);
END $$;

CREATE OR REPLACE FUNCTION usage_answer(
  p_outcome text, p_workspace uuid, p_now timestamptz, p_stands jsonb, p_event usage_events
) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('outcome', p_outcome, 'used', p_stands->'used', 'limit', p_stands->'max_units',
    'resetsAt', p_stands->'period_end', 'credits', credits_left(p_workspace, p_now), 'quantity', p_event.quantity,
    'attempt', p_event.attempt, 'expiresAt', p_event.expires_at)
$$;

-- Gives back what was reserved and neither committed nor given back in time: the process that held it may be dead.
CREATE OR REPLACE FUNCTION release_expired(p_workspace uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_event usage_events;
BEGIN
  FOR v_event IN SELECT * FROM usage_events
    WHERE workspace_id = p_workspace AND state = 'held' AND expires_at <= clock_timestamp() LOOP
    PERFORM give_back(v_event, 'expired');
  END LOOP;
END $$;

CREATE OR REPLACE FUNCTION give_back(p_event usage_events, p_state text) RETURNS void LANGUAGE sql AS $$
  UPDATE usage_events SET state = p_state, expires_at = NULL
    WHERE workspace_id = p_event.workspace_id AND idempotency_key = p_event.idempotency_key;
  UPDATE usage_counters SET held = held - p_event.plan_units
    WHERE workspace_id = p_event.workspace_id AND period_start = p_event.period_start;
  UPDATE usage_credits c SET
      remaining = remaining + CASE WHEN revoked_at IS NULL THEN units ELSE 0 END,
      taken_back = taken_back + CASE WHEN revoked_at IS NULL THEN 0 ELSE units END
    FROM jsonb_to_recordset(p_event.credits) AS s (id uuid, units integer) WHERE c.id = s.id;
$$;
--> statement-breakpoint
-- db/functions/debounce-window.sql
-- A target is read at most once in this time, and once more for what came meanwhile.
CREATE OR REPLACE FUNCTION debounce_window() RETURNS interval LANGUAGE sql IMMUTABLE AS $$
  SELECT interval '2 seconds'
$$;
--> statement-breakpoint
-- db/functions/fail-target.sql
-- Gives a lease back after a failure. A lease owner that was overtaken changes nothing, and neither does
-- one whose commit succeeded although the answer was lost.
CREATE OR REPLACE FUNCTION fail_target(p_key text, p_fence bigint, p_error text, p_count_attempt boolean)
RETURNS boolean LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
BEGIN
  UPDATE sync_targets SET
      attempts = tries(attempts, p_count_attempt), last_error = left(p_error, 500), lease_until = NULL,
      waiting = false, next_run_at = clock_timestamp() + backoff(attempts)
    WHERE key = p_key AND fence = p_fence AND dirty_seq > synced_seq;
  RETURN FOUND;
END $$;
--> statement-breakpoint
-- db/functions/gather-uses.sql
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
--> statement-breakpoint
-- db/functions/grant-application.sql
-- What the application needs of each table, and no more. A new table gets its line here; the migration that
-- brings it ends by granting anew to every role that `application_roles` names.
CREATE OR REPLACE FUNCTION application_privileges() RETURNS TABLE (object text, privileges text) LANGUAGE sql IMMUTABLE AS $$
  VALUES
    -- Signing in, and leaving for good.
    ('users', 'SELECT, INSERT, UPDATE, DELETE'),
    ('accounts', 'SELECT, INSERT, UPDATE, DELETE'),
    ('sessions', 'SELECT, INSERT, UPDATE, DELETE'),
    ('verification_tokens', 'SELECT, INSERT, UPDATE, DELETE'),
    ('sign_in_networks', 'SELECT, INSERT, UPDATE, DELETE'),
    ('email_opt_outs', 'SELECT, INSERT, DELETE'),
    -- Who may open the console; a role that was taken back stays on record.
    ('operators', 'SELECT, INSERT, UPDATE (appointed_at, appointed_by, revoked_at)'),
    -- Billing belongs to a workspace. A personal one is deleted with its user.
    ('workspaces', 'SELECT, INSERT, UPDATE (name), DELETE'),
    ('memberships', 'SELECT, INSERT'),
    -- Programs act with these. The nightly prune removes what ended long ago; of a key nothing moves but its use and its end.
    ('api_keys', 'SELECT, INSERT, UPDATE (last_used_at, revoked_at), DELETE'),
    -- The example.
    ('reports', 'SELECT, INSERT, UPDATE (status), DELETE'),
    -- Billing is never deleted.
    ('customers', 'SELECT, INSERT, UPDATE'),
    -- Who waits for an address does so no more once its owner signs in, or is erased.
    ('customer_claims', 'SELECT, INSERT, UPDATE (email, keeps), DELETE'),
    ('subscriptions', 'SELECT, INSERT, UPDATE'),
    ('entitlements', 'SELECT, INSERT, UPDATE'),
    ('entitlement_overrides', 'SELECT, INSERT, UPDATE'),
    ('checkout_intents', 'SELECT, INSERT, UPDATE'),
    -- What was reported stays as it was reported; what follows from it is derived anew.
    ('revenue_moments', 'SELECT, INSERT'),
    ('revenue_invoices', 'SELECT, INSERT, UPDATE'),
    ('revenue_subscriptions', 'SELECT, INSERT, UPDATE'),
    ('revenue_movements', 'SELECT, INSERT, DELETE'),
    ('revenue_totals', 'SELECT, INSERT, UPDATE'),
    ('revenue_left_out', 'SELECT, INSERT, UPDATE, DELETE'),
    -- Who is to pay another price, and who did.
    ('price_moves', 'SELECT, INSERT, UPDATE (state, schedule_id, reason, closed_at)'),
    -- Who had a trial: a person's line goes with the person.
    ('trials', 'SELECT, INSERT, DELETE'),
    ('usage_counters', 'SELECT, INSERT, UPDATE'),
    -- Removed by prune_usage alone, when no retry can come.
    ('usage_events', 'SELECT, INSERT, UPDATE'),
    ('usage_days', 'SELECT, INSERT, UPDATE'),
    ('usage_credits', 'SELECT, INSERT, UPDATE'),
    -- What Stripe said stays as it was said, until prune_payloads or erase_payloads empties it; what became of it moves.
    ('webhook_events', 'SELECT, INSERT, UPDATE (target_key, seq, state, reason, attempts, last_error, done_at)'),
    ('sync_targets', 'SELECT, INSERT, UPDATE'),
    ('outbox', 'SELECT, INSERT, UPDATE'),
    ('reconcile_cursors', 'SELECT, INSERT, UPDATE'),
    ('heartbeats', 'SELECT, INSERT, UPDATE'),
    -- What happened, happened.
    ('billing_facts', 'SELECT, INSERT'),
    -- Written by append_audit and anchor_audit, which are their owner's.
    ('audit_log', 'SELECT'),
    ('audit_heads', 'SELECT'),
    ('audit_anchors', 'SELECT, UPDATE (mac, key_id, sent_at)'),
    ('audit_anchor_heads', 'SELECT')
$$;

-- Gives a role exactly those privileges, whatever it had before. Fails when the role has more in other ways.
-- In the schema in which it is called. `public`, and what everyone may do in the database, are ours to limit
-- only where we are alone: beside another application they are what its roles live on.
CREATE OR REPLACE FUNCTION grant_application(p_role text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v record;
  v_schema text := current_schema();
  v_alone boolean := v_schema = 'public';
  v_journal text := CASE WHEN v_alone THEN 'drizzle' ELSE v_schema END;
BEGIN
  EXECUTE format('REVOKE CREATE, TEMPORARY ON DATABASE %I FROM %I', current_database(), p_role);
  IF v_alone THEN
    EXECUTE format('REVOKE CREATE, TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
  END IF;
  EXECUTE format('REVOKE ALL ON SCHEMA %I FROM %I', v_schema, p_role);
  EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM %I', v_schema, p_role);
  EXECUTE format('REVOKE CREATE ON SCHEMA %I FROM PUBLIC', v_schema);
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), p_role);
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', v_schema, p_role);
  FOR v IN SELECT * FROM application_privileges() LOOP
    EXECUTE format('GRANT %s ON %I.%I TO %I', v.privileges, v_schema, v.object, p_role);
  END LOOP;
  EXECUTE format('GRANT EXECUTE ON FUNCTION append_audit, anchor_audit, prune_payloads, prune_usage, prune_messages, prune_intents, erase_payloads TO %I', p_role);
  -- So that the health check can say whether the migrations are current.
  IF to_regclass(format('%I.__drizzle_migrations', v_journal)) IS NOT NULL THEN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', v_journal, p_role);
    EXECUTE format('GRANT SELECT ON %I.__drizzle_migrations TO %I', v_journal, p_role);
  END IF;
  IF has_table_privilege(p_role, 'audit_log', 'INSERT, UPDATE, DELETE, TRUNCATE')
    OR has_table_privilege(p_role, 'subscriptions', 'DELETE') OR has_schema_privilege(p_role, v_schema, 'CREATE') THEN
    RAISE EXCEPTION 'the role % may do more than this: it is a superuser, an owner, or a member of a role that is', p_role
      USING ERRCODE = 'invalid_grant_operation';
  END IF;
END $$;

-- The roles that were granted that: those that may append to the audit trail without owning it.
CREATE OR REPLACE FUNCTION application_roles() RETURNS SETOF text LANGUAGE sql STABLE AS $$
  SELECT rolname::text FROM pg_proc p, aclexplode(p.proacl) a JOIN pg_roles r ON r.oid = a.grantee
    WHERE p.oid = 'append_audit'::regproc AND a.grantee <> p.proowner
$$;

REVOKE ALL ON FUNCTION grant_application FROM PUBLIC;
--> statement-breakpoint
-- db/functions/ingest-event.sql
-- Stores an authentic event once, marks its target dirty and, when the lease is free, takes it.
-- p_target null: authentic, not for us; stored as ignored. Returns {outcome, state, claim}.
-- p_waits false, for one of several in a statement: null, and nothing is stored, where another transaction has the
-- target, so that the others' deliveries do not wait for it.
CREATE OR REPLACE FUNCTION ingest_event(
  p_id text, p_type text, p_target text, p_object_id text, p_customer_id text, p_attempt integer,
  p_livemode boolean, p_api_version text, p_stripe_created_at timestamptz, p_reason text,
  p_payload text, p_payload_sha256 text, p_lease_ms integer, p_waits boolean
) RETURNS jsonb LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
DECLARE
  v_now timestamptz;
  v_target sync_targets;
  v_state text := CASE WHEN p_target IS NULL THEN 'ignored' ELSE 'pending' END;
  v_wait integer;
BEGIN
  -- What another transaction is inserting, target or event, is waited for in any case, and mostly committed at once. Where
  -- it is not, all of the statement's deliveries wait, and so, perhaps, does that transaction for what they have locked.
  IF NOT p_waits THEN
    PERFORM set_config('lock_timeout', '50ms', true);
  END IF;

  -- The target is locked before its event is written: seq is then in commit order per target.
  IF p_target IS NOT NULL AND p_waits THEN
    SELECT * INTO v_target FROM sync_targets WHERE key = p_target FOR UPDATE;
    IF NOT FOUND THEN
      -- Another delivery may insert it at the same time: then this waits for that one, and locks its row.
      INSERT INTO sync_targets (key) VALUES (p_target)
        ON CONFLICT (key) DO UPDATE SET key = excluded.key RETURNING * INTO v_target;
    END IF;
  ELSIF p_target IS NOT NULL THEN
    SELECT * INTO v_target FROM sync_targets WHERE key = p_target FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
      INSERT INTO sync_targets (key) VALUES (p_target) ON CONFLICT (key) DO NOTHING RETURNING * INTO v_target;
    END IF;
    IF NOT FOUND THEN
      RETURN NULL;
    END IF;
  END IF;

  INSERT INTO webhook_events (id, type, target_key, object_id, customer_id, attempt, livemode,
      api_version, stripe_created_at, seq, state, reason, payload, payload_sha256)
    VALUES (p_id, p_type, p_target, p_object_id, p_customer_id, p_attempt, p_livemode,
      p_api_version, p_stripe_created_at, v_target.dirty_seq + 1, v_state, p_reason,
      -- No payload about a customer whose user was erased is kept.
      CASE WHEN EXISTS (SELECT FROM customers WHERE id = p_customer_id AND erased_at IS NOT NULL) THEN NULL
        ELSE p_payload END, p_payload_sha256)
    ON CONFLICT (id) DO NOTHING;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('outcome', 'duplicate',
      'state', (SELECT state FROM webhook_events WHERE id = p_id), 'claim', NULL);
  END IF;
  IF p_target IS NULL THEN
    RETURN jsonb_build_object('outcome', 'new', 'state', v_state, 'claim', NULL);
  END IF;

  -- After the lock: waiting for it takes time, and a new target is due at once.
  v_now := clock_timestamp();
  v_wait := greatest(0, ceil(extract(epoch FROM v_target.next_run_at - v_now) * 1000))::integer;
  -- Held, or backing off: the lease owner or the drain job will see this event. A new event shortens a
  -- backoff to a minute: hours are for a target about which nothing arrives.
  IF v_target.lease_until > v_now OR v_wait > extract(epoch FROM debounce_window()) * 1000 THEN
    UPDATE sync_targets SET dirty_seq = dirty_seq + 1,
        next_run_at = least(next_run_at, greatest(v_now + interval '60 seconds', lease_until))
      WHERE key = p_target;
    RETURN jsonb_build_object('outcome', 'new', 'state', v_state, 'claim', NULL);
  END IF;

  UPDATE sync_targets SET
      dirty_seq = dirty_seq + 1,
      fence = fence + 1,
      waiting = v_wait > 0,
      lease_until = v_now + make_interval(secs => (v_wait + p_lease_ms) / 1000.0),
      -- Counted from the start of the read: at most one read a window, and one that trails it.
      next_run_at = CASE WHEN v_wait > 0 THEN next_run_at
        ELSE v_now + debounce_window() END
    WHERE key = p_target RETURNING * INTO v_target;
  RETURN jsonb_build_object('outcome', 'new', 'state', v_state,
    'claim', claim_of(p_target, v_target.fence, v_target.dirty_seq, v_target.attempts, v_wait));
END $$;
--> statement-breakpoint
-- db/functions/mark-targets.sql
-- Marks targets dirty, and due within the debounce window. In the order of their keys, so that two of these never wait
-- for each other; a target that is held is read again by its lease owner.
CREATE OR REPLACE FUNCTION mark_targets(p_keys text[]) RETURNS void LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
BEGIN
  IF cardinality(p_keys) = 0 THEN RETURN; END IF;
  INSERT INTO sync_targets (key) SELECT DISTINCT k FROM unnest(p_keys) k ORDER BY k
    ON CONFLICT (key) DO NOTHING;
  PERFORM FROM sync_targets WHERE key = ANY (p_keys) ORDER BY key FOR UPDATE;
  UPDATE sync_targets SET
      dirty_seq = dirty_seq + 1, next_run_at = least(next_run_at, clock_timestamp() + debounce_window())
    WHERE key = ANY (p_keys);
END $$;
--> statement-breakpoint
-- db/functions/note-counted.sql
-- What a use causes besides its count, in the same commit: the day's sum, the email about a limit that is near
-- or reached, and the use for a meter at Stripe. p_max: the limit; 0: none is known, and no email is sent.
CREATE OR REPLACE FUNCTION note_counted(
  p_event usage_events, p_now timestamptz, p_period timestamptz, p_until timestamptz, p_max integer, p_rules jsonb
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_workspace uuid := p_event.workspace_id;
  v_customer text;
  v_used integer;
  v_meter text := p_rules->>'meter';
BEGIN
  INSERT INTO usage_days AS d (workspace_id, day, units)
    VALUES (v_workspace, (p_now AT TIME ZONE 'UTC')::date, p_event.quantity)
    ON CONFLICT (workspace_id, day) DO UPDATE SET units = d.units + excluded.units;

  -- What is held may go back: emails are about counted uses only.
  SELECT used INTO v_used FROM usage_counters WHERE workspace_id = v_workspace AND period_start = p_period;
  IF v_meter IS NULL AND (p_max = 0 OR coalesce(v_used, 0) * 100::bigint < p_max * 80::bigint) THEN
    RETURN;
  END IF;
  SELECT id INTO v_customer FROM customers WHERE workspace_id = v_workspace AND deleted_at IS NULL;
  -- A meter bills a customer; a workspace without one is not billed.
  IF v_meter IS NOT NULL AND v_customer IS NOT NULL THEN
    -- A key may name another use once its own can have no retry any more: the time tells them apart.
    INSERT INTO outbox (key, kind, target_key, payload) VALUES (
      format('metered_use:%s:%s:%s:%s', v_workspace, p_event.idempotency_key, p_event.attempt,
        extract(epoch FROM p_event.used_at)), 'metered_use', v_customer,
      jsonb_build_object('eventName', v_meter, 'value', p_event.quantity, 'at', p_now, 'period', p_period))
      ON CONFLICT (key) DO NOTHING;
  END IF;
  IF p_max > 0 AND v_used * 100::bigint >= p_max * 80::bigint THEN
    PERFORM tell_of_limit('usage.near_limit', v_workspace, v_customer, p_period, p_until);
  END IF;
  IF p_max > 0 AND v_used >= p_max THEN
    PERFORM tell_of_limit('usage.limit_reached', v_workspace, v_customer, p_period, p_until);
  END IF;
END $$;

-- A fact once for each period, and the entry for its email. What the email says is decided when it is sent.
CREATE OR REPLACE FUNCTION tell_of_limit(
  p_kind text, p_workspace uuid, p_customer text, p_period timestamptz, p_until timestamptz
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_key text := format('%s:%s:%s', p_kind, p_workspace, to_char(p_period AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MISS"Z"'));
BEGIN
  INSERT INTO billing_facts (key, kind, object_id, customer_id) VALUES (v_key, p_kind, p_workspace, p_customer)
    ON CONFLICT (key) DO NOTHING;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  INSERT INTO outbox (key, kind, target_key, payload) VALUES ('notification:' || v_key, 'notification', p_customer,
    jsonb_build_object('kind', p_kind, 'objectId', p_workspace, 'customerId', p_customer, 'workspaceId', p_workspace, 'periodEnd', p_until))
    ON CONFLICT (key) DO NOTHING;
  PERFORM append_audit(coalesce(p_customer, 'workspace:' || p_workspace), jsonb_build_object('type', 'system', 'job', 'usage'),
    p_kind, NULL, jsonb_build_object('id', p_workspace, 'periodStart', p_period), '{}');
END $$;
--> statement-breakpoint
-- db/functions/note-left-out.sql
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
--> statement-breakpoint
-- db/functions/note-revenue.sql
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
--> statement-breakpoint
-- db/functions/prove-writes.sql
-- Raises the error that storing a webhook would meet now. It stores an event and rolls it back, which a read-only
-- server, a missing right or a full disk refuses; and since that row may fit into a page that the table already
-- has, it also fills a temporary file of half a megabyte, which is deleted with the statement.
CREATE OR REPLACE FUNCTION prove_writes() RETURNS void LANGUAGE plpgsql
SET lock_timeout = '1s' SET work_mem = '64kB' AS $$
BEGIN
  BEGIN
    INSERT INTO webhook_events (id, type, livemode, stripe_created_at, state, payload_sha256)
      VALUES ('evt_probe_' || gen_random_uuid(), 'probe', false, clock_timestamp(), 'ignored', '');
    RAISE EXCEPTION 'taken back' USING ERRCODE = 'LW000';
  EXCEPTION WHEN SQLSTATE 'LW000' THEN
    NULL;
  END;
  PERFORM count(*) FROM generate_series(1, 20000);
END $$;
--> statement-breakpoint
-- db/functions/prune-closed.sql
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
--> statement-breakpoint
-- db/functions/prune-payloads.sql
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
--> statement-breakpoint
-- db/functions/prune-usage.sql
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
--> statement-breakpoint
-- db/functions/refuse-rewrite.sql
-- For tables that only grow: a row about the past is never changed.
CREATE OR REPLACE FUNCTION refuse_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;

CREATE OR REPLACE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE ON audit_log
  FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();

CREATE OR REPLACE TRIGGER audit_log_no_truncate BEFORE TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();

CREATE OR REPLACE TRIGGER billing_facts_append_only BEFORE UPDATE OR DELETE ON billing_facts
  FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();

CREATE OR REPLACE TRIGGER billing_facts_no_truncate BEFORE TRUNCATE ON billing_facts
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();

CREATE OR REPLACE TRIGGER audit_anchor_heads_append_only BEFORE UPDATE OR DELETE ON audit_anchor_heads
  FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();

CREATE OR REPLACE TRIGGER audit_anchor_heads_no_truncate BEFORE TRUNCATE ON audit_anchor_heads
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();

-- An anchor is sealed once, and then never changes.
CREATE OR REPLACE TRIGGER audit_anchors_sealed BEFORE UPDATE ON audit_anchors FOR EACH ROW
  WHEN (OLD.sent_at IS NOT NULL OR (OLD.day, OLD.root, OLD.scopes) IS DISTINCT FROM (NEW.day, NEW.root, NEW.scopes))
  EXECUTE FUNCTION refuse_rewrite();

CREATE OR REPLACE TRIGGER audit_anchors_append_only BEFORE DELETE ON audit_anchors
  FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();

CREATE OR REPLACE TRIGGER audit_anchors_no_truncate BEFORE TRUNCATE ON audit_anchors
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();

-- ALWAYS: a session that calls itself a replica must not slip past.
ALTER TABLE audit_log ENABLE ALWAYS TRIGGER audit_log_append_only;
ALTER TABLE audit_log ENABLE ALWAYS TRIGGER audit_log_no_truncate;
ALTER TABLE billing_facts ENABLE ALWAYS TRIGGER billing_facts_append_only;
ALTER TABLE billing_facts ENABLE ALWAYS TRIGGER billing_facts_no_truncate;
ALTER TABLE audit_anchor_heads ENABLE ALWAYS TRIGGER audit_anchor_heads_append_only;
ALTER TABLE audit_anchor_heads ENABLE ALWAYS TRIGGER audit_anchor_heads_no_truncate;
ALTER TABLE audit_anchors ENABLE ALWAYS TRIGGER audit_anchors_sealed;
ALTER TABLE audit_anchors ENABLE ALWAYS TRIGGER audit_anchors_append_only;
ALTER TABLE audit_anchors ENABLE ALWAYS TRIGGER audit_anchors_no_truncate;
--> statement-breakpoint
-- db/functions/replay-event.sql
-- Replays a stored event when an operator asks for it: it is pending once more, under the target that
-- today's rules give it. Facts and outbox entries have natural keys, so nothing happens twice.
-- False when there is no such event.
CREATE OR REPLACE FUNCTION replay_event(p_id text, p_target text, p_actor jsonb, p_reason text)
RETURNS boolean LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
DECLARE
  v_seq bigint;
  v_before webhook_events;
BEGIN
  -- An event is never deleted, so it is still there once the target is locked; that lock comes first.
  IF NOT EXISTS (SELECT FROM webhook_events WHERE id = p_id) THEN RETURN false; END IF;
  PERFORM mark_targets(ARRAY[p_target]);
  SELECT dirty_seq INTO v_seq FROM sync_targets WHERE key = p_target;
  SELECT * INTO v_before FROM webhook_events WHERE id = p_id FOR UPDATE;
  UPDATE webhook_events SET state = 'pending', target_key = p_target, seq = v_seq, attempts = 0,
      reason = NULL, last_error = NULL, done_at = NULL
    WHERE id = p_id;
  PERFORM append_audit(p_target, p_actor, 'event.replay',
    jsonb_build_object('event', p_id, 'state', v_before.state),
    jsonb_build_object('event', p_id, 'state', 'pending', 'reason', p_reason), ARRAY[p_id]);
  RETURN true;
END $$;
--> statement-breakpoint
-- db/functions/seed-heartbeats.sql
-- A fresh installation counts from here: a scheduler that never comes shows as late as one that stops.
INSERT INTO heartbeats (job, at)
  SELECT job, clock_timestamp() FROM unnest(ARRAY['drain', 'backfill', 'reconcile', 'anchor', 'prune']) job
  ON CONFLICT (job) DO NOTHING;
--> statement-breakpoint
-- db/functions/settle-customer.sql
-- The living customers that name the workspace of this customer in their metadata, and do not have it.
CREATE OR REPLACE FUNCTION rivals_of(p_customer text) RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT coalesce(array_agg(o.id), '{}') FROM customers c
    JOIN customers o ON o.claimed_workspace_id = c.workspace_id AND o.conflict IS NOT NULL AND o.deleted_at IS NULL
    WHERE c.id = p_customer
$$;

-- Writes what a read showed of a customer itself: whether Stripe has it, and which workspace its metadata name. It
-- gets that workspace if it has none and the workspace has no other living customer. The one it has, it keeps.
-- p_seen: {id, livemode, claimed_workspace_id, deleted_at, missing, actor}; p_known: its workspace as of the claim.
-- Returns {adopted, audits[], outbox[]}: whether it has a workspace that the claim did not know, and what the
-- caller has yet to write, because the audit head is locked last.
CREATE OR REPLACE FUNCTION settle_customer(p_seen jsonb, p_known uuid, p_fence bigint, p_event_ids jsonb)
RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_id text := p_seen->>'id';
  v_old customers;
  v_new customers;
  v_keeps text;
  v_moves jsonb := '[]';
BEGIN
  INSERT INTO customers (id, livemode) VALUES (v_id, (p_seen->>'livemode')::boolean) ON CONFLICT (id) DO NOTHING;
  SELECT * INTO v_old FROM customers WHERE id = v_id FOR UPDATE;
  v_new := v_old;
  v_new.deleted_at := coalesce(v_old.deleted_at, (p_seen->>'deleted_at')::timestamptz);
  v_new.missing_at := CASE WHEN (p_seen->>'missing')::boolean THEN coalesce(v_old.missing_at, clock_timestamp()) END;
  -- Stripe shows no metadata of a customer that it does not have; and we keep no name of an erased user.
  IF v_new.missing_at IS NULL AND v_new.erased_at IS NULL THEN
    v_new.claimed_workspace_id := (p_seen->>'claimed_workspace_id')::uuid;
  END IF;

  IF v_new.workspace_id IS NULL AND v_new.deleted_at IS NULL AND v_new.claimed_workspace_id IS NOT NULL THEN
    BEGIN
      UPDATE customers c SET workspace_id = w.id FROM workspaces w WHERE c.id = v_id AND w.id = v_new.claimed_workspace_id
        RETURNING c.workspace_id INTO v_new.workspace_id;
    EXCEPTION WHEN unique_violation THEN
      -- That workspace has another living customer, perhaps since a moment ago: the index knows.
      v_new.workspace_id := NULL;
    END;
  END IF;

  v_new.conflict := CASE
    WHEN v_new.deleted_at IS NOT NULL OR v_new.claimed_workspace_id IS NULL THEN NULL
    WHEN v_new.workspace_id = v_new.claimed_workspace_id THEN NULL
    WHEN v_new.workspace_id IS NOT NULL THEN 'belongs_to_another'
    WHEN EXISTS (SELECT FROM workspaces WHERE id = v_new.claimed_workspace_id) THEN 'workspace_has_another'
    ELSE 'no_such_workspace' END;
  v_new.doubted_at := NULL;
  UPDATE customers SET deleted_at = v_new.deleted_at, missing_at = v_new.missing_at, doubted_at = v_new.doubted_at,
      claimed_workspace_id = v_new.claimed_workspace_id, conflict = v_new.conflict
    WHERE id = v_id AND v_new IS DISTINCT FROM v_old;

  IF v_new.workspace_id IS DISTINCT FROM v_old.workspace_id THEN
    v_moves := v_moves || jsonb_build_object('action', 'customer.link',
      'after', jsonb_build_object('customer', v_id, 'workspaceId', v_new.workspace_id));
  END IF;
  IF (v_new.missing_at IS NULL) <> (v_old.missing_at IS NULL) THEN
    v_moves := v_moves || jsonb_build_object(
      'action', CASE WHEN v_new.missing_at IS NULL THEN 'customer.find' ELSE 'customer.miss' END,
      'after', jsonb_build_object('customer', v_id));
  END IF;
  IF v_new.conflict IS DISTINCT FROM v_old.conflict
    OR v_new.conflict IS NOT NULL AND v_new.claimed_workspace_id IS DISTINCT FROM v_old.claimed_workspace_id THEN
    SELECT id INTO v_keeps FROM customers
      WHERE workspace_id = v_new.claimed_workspace_id AND id <> v_id AND deleted_at IS NULL;
    v_moves := v_moves || jsonb_build_object('action', 'customer.conflict',
      'before', jsonb_build_object('customer', v_id, 'conflict', v_old.conflict, 'claims', v_old.claimed_workspace_id),
      'after', jsonb_build_object('customer', v_id, 'conflict', v_new.conflict, 'claims', v_new.claimed_workspace_id,
        'workspaceId', v_new.workspace_id, 'keeps', v_keeps));
  END IF;

  RETURN jsonb_build_object(
    'adopted', v_new.workspace_id IS NOT NULL AND p_known IS NULL,
    'audits', (SELECT coalesce(jsonb_agg(m || jsonb_build_object(
        'before', m->'before', 'actor', p_seen->'actor', 'event_ids', p_event_ids)), '[]')
      FROM jsonb_array_elements(v_moves) m),
    -- Operators are emailed about each conflict, and once a day about missing customers: with a wrong key all are.
    'outbox', (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', 'notification',
        'key', 'notification:' || (m->>'action') || ':' || CASE WHEN m->>'action' = 'customer.miss'
          THEN to_char(v_new.missing_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') ELSE v_id || ':' || p_fence END,
        'payload', jsonb_build_object('kind', m->>'action', 'objectId', v_id, 'customerId', v_id))), '[]')
      FROM jsonb_array_elements(v_moves) m
      WHERE m->>'action' = 'customer.miss'
        OR m->>'action' = 'customer.conflict' AND m->'after'->>'conflict' IS NOT NULL));
END $$;
--> statement-breakpoint
-- db/functions/settle-price-moves.sql
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
--> statement-breakpoint
-- db/functions/usage-credits.sql
-- What a workspace can still spend of its credits at an instant of business time.
CREATE OR REPLACE FUNCTION credits_left(p_workspace uuid, p_now timestamptz) RETURNS integer LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(remaining), 0)::integer FROM usage_credits
    WHERE workspace_id = p_workspace AND remaining > 0 AND (expires_at IS NULL OR expires_at > p_now)
$$;

-- Takes units from the credits that expire first, and says from which. The caller knows that there are so many, and
-- has the workspace's lock.
CREATE OR REPLACE FUNCTION spend_credits(p_workspace uuid, p_now timestamptz, p_units integer) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_left integer := p_units;
  v_take integer;
  v_spent jsonb := '[]';
  v_grant record;
BEGIN
  FOR v_grant IN SELECT id, remaining FROM usage_credits
    WHERE v_left > 0 AND workspace_id = p_workspace AND remaining > 0 AND (expires_at IS NULL OR expires_at > p_now)
    ORDER BY expires_at NULLS LAST, granted_at, id LOOP
    EXIT WHEN v_left = 0;
    v_take := least(v_left, v_grant.remaining);
    UPDATE usage_credits SET remaining = remaining - v_take WHERE id = v_grant.id;
    v_spent := v_spent || jsonb_build_object('id', v_grant.id, 'units', v_take);
    v_left := v_left - v_take;
  END LOOP;
  IF v_left > 0 THEN
    RAISE EXCEPTION 'there are % credits too few', v_left;
  END IF;
  RETURN v_spent;
END $$;

-- Gives credits once for each source; false when they were given before.
CREATE OR REPLACE FUNCTION grant_credits(
  p_workspace uuid, p_source text, p_quantity integer, p_expires_at timestamptz, p_payment text, p_actor jsonb
) RETURNS boolean LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
DECLARE
  v_id uuid;
BEGIN
  PERFORM lock_usage(p_workspace);
  INSERT INTO usage_credits (workspace_id, source, quantity, remaining, expires_at, payment_intent_id)
    VALUES (p_workspace, p_source, p_quantity, p_quantity, p_expires_at, p_payment)
    ON CONFLICT (source) DO NOTHING RETURNING id INTO v_id;
  IF v_id IS NULL THEN
    RETURN false;
  END IF;
  PERFORM append_audit(credits_scope(p_workspace), p_actor, 'credits.grant', NULL,
    jsonb_build_object('id', v_id, 'source', p_source, 'quantity', p_quantity, 'expiresAt', p_expires_at), '{}');
  RETURN true;
END $$;

-- Takes back what is not spent of the credits that a payment bought, once. Null: no credits were bought with it.
CREATE OR REPLACE FUNCTION take_back_credits(p_payment text, p_actor jsonb) RETURNS integer LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
DECLARE
  v_workspace uuid;
  v_before usage_credits;
BEGIN
  SELECT workspace_id INTO v_workspace FROM usage_credits WHERE payment_intent_id = p_payment;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  PERFORM lock_usage(v_workspace);
  -- A reservation that is over gives back first, so that it is in what is taken.
  PERFORM release_expired(v_workspace);
  SELECT * INTO v_before FROM usage_credits WHERE payment_intent_id = p_payment AND revoked_at IS NULL FOR UPDATE;
  IF NOT FOUND THEN
    RETURN 0;
  END IF;
  UPDATE usage_credits SET remaining = 0, taken_back = taken_back + remaining, revoked_at = clock_timestamp()
    WHERE id = v_before.id;
  PERFORM append_audit(credits_scope(v_workspace), p_actor, 'credits.take_back',
    jsonb_build_object('id', v_before.id, 'remaining', v_before.remaining),
    jsonb_build_object('id', v_before.id, 'remaining', 0, 'takenBack', v_before.remaining), '{}');
  RETURN v_before.remaining;
END $$;

-- Gives back what was taken of the credits that a payment bought, once: their refund failed. Null: no credits were
-- bought with it. What a reservation still holds comes back by itself.
CREATE OR REPLACE FUNCTION give_back_credits(p_payment text, p_actor jsonb) RETURNS integer LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
DECLARE
  v_workspace uuid;
  v_before usage_credits;
BEGIN
  SELECT workspace_id INTO v_workspace FROM usage_credits WHERE payment_intent_id = p_payment;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  PERFORM lock_usage(v_workspace);
  SELECT * INTO v_before FROM usage_credits WHERE payment_intent_id = p_payment AND revoked_at IS NOT NULL FOR UPDATE;
  IF NOT FOUND THEN
    RETURN 0;
  END IF;
  UPDATE usage_credits SET remaining = remaining + taken_back, taken_back = 0, revoked_at = NULL WHERE id = v_before.id;
  PERFORM append_audit(credits_scope(v_workspace), p_actor, 'credits.give_back',
    jsonb_build_object('id', v_before.id, 'takenBack', v_before.taken_back),
    jsonb_build_object('id', v_before.id, 'takenBack', 0, 'remaining', v_before.remaining + v_before.taken_back), '{}');
  RETURN v_before.taken_back;
END $$;

-- In whose chain it stands: the customer's where there is one.
CREATE OR REPLACE FUNCTION credits_scope(p_workspace uuid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT id FROM customers WHERE workspace_id = p_workspace AND deleted_at IS NULL), 'workspace:' || p_workspace)
$$;
--> statement-breakpoint
-- db/functions/usage-period.sql
-- The usage period of an instant: a month of the subscription's own period [p_start, p_end), which begins on its
-- anchor day, or the calendar month where there is none. The same as `usagePeriod` in lib/entitlements; all in UTC.
CREATE OR REPLACE FUNCTION usage_period(
  p_now timestamptz, p_start timestamptz, p_end timestamptz, OUT v_from timestamptz, OUT v_until timestamptz
) LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  v_start timestamp := p_start AT TIME ZONE 'UTC';
  v_end timestamp := p_end AT TIME ZONE 'UTC';
  v_now timestamp := greatest(p_now, p_start) AT TIME ZONE 'UTC';
  v_base timestamp;
  v_day integer;
  v_anchor timestamp;
  v_months integer;
BEGIN
  IF v_start IS NULL OR v_end IS NULL OR v_end <= v_start THEN
    v_anchor := date_trunc('month', p_now AT TIME ZONE 'UTC');
    v_from := v_anchor AT TIME ZONE 'UTC';
    v_until := (v_anchor + interval '1 month') AT TIME ZONE 'UTC';
    RETURN;
  END IF;
  -- Of a renewal that is not in the records yet: the next period begins where this one ends.
  v_base := CASE WHEN v_now < v_end THEN v_start ELSE v_end END;
  -- The 31st shows as the 28th in February: the greater day of both is the anchor, where both agree with it.
  v_day := greatest(extract(day FROM v_start), extract(day FROM v_end));
  IF v_start::time <> v_end::time OR clamped(v_start, v_day) <> v_start OR clamped(v_end, v_day) <> v_end THEN
    v_day := extract(day FROM v_base);
  END IF;
  -- January has every day: whole months from there are cut to their length by Postgres.
  v_anchor := date_trunc('year', v_base) + make_interval(days => v_day - 1) + v_base::time;
  v_months := (extract(year FROM v_now) - extract(year FROM v_anchor)) * 12 + extract(month FROM v_now) - 1;
  IF v_anchor + make_interval(months => v_months) > v_now THEN
    v_months := v_months - 1;
  END IF;
  v_from := (v_anchor + make_interval(months => v_months)) AT TIME ZONE 'UTC';
  v_until := (v_anchor + make_interval(months => v_months + 1)) AT TIME ZONE 'UTC';
  IF v_now < v_end THEN
    v_until := least(v_until, p_end);
  END IF;
END $$;

-- The same month and time on another day, or on the month's last where it has no such day.
CREATE OR REPLACE FUNCTION clamped(p_at timestamp, p_day integer) RETURNS timestamp LANGUAGE sql IMMUTABLE AS $$
  SELECT date_trunc('year', p_at) + make_interval(days => p_day - 1) + p_at::time
    + make_interval(months => extract(month FROM p_at)::integer - 1)
$$;
--> statement-breakpoint
SELECT grant_application(role) FROM application_roles() role;
