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

-- Anchors every day that is over and not anchored yet, and answers how many it did. What it writes
-- follows from audit_log alone, so two runs agree, and a day that was missed is made up for.
CREATE OR REPLACE FUNCTION anchor_audit() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
  -- Ten minutes of patience: a row gets its time a moment before it is written.
  v_through date := audit_day(clock_timestamp() - interval '10 minutes') - 1;
  v_day date;
  v_root text;
  v_writers text[];
  v_scopes integer;
  v_done integer := 0;
BEGIN
  -- Another run is at it. The lock is ours by name, and ends with the transaction.
  IF NOT pg_try_advisory_xact_lock(hashtextextended('audit_anchors', 0)) THEN
    RETURN 0;
  END IF;
  SELECT day, root INTO v_day, v_root FROM audit_anchors ORDER BY day DESC LIMIT 1;
  v_day := coalesce(v_day + 1, (SELECT audit_day(min(at)) FROM audit_log));
  IF v_day IS NULL OR v_day > v_through THEN
    RETURN 0;
  END IF;

  -- A transaction that began before midnight and still runs may hold rows that nobody sees yet. They
  -- are waited for without a lock, which would make every writer wait.
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
-- Appends to the chain of a scope, for SQL and for TypeScript alike. With its owner's rights: whoever
-- may call it can add a row that fits, and needs no right on the tables.
CREATE OR REPLACE FUNCTION append_audit(
  p_scope text, p_actor jsonb, p_action text, p_before jsonb, p_after jsonb, p_event_ids text[]
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '2s' AS $$
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
-- marks[], event_ids[], failures[], retry}, columns in snake_case.
-- p_stay: the caller will read again when more arrived; otherwise the lease is given back for a sweep.
-- p_counts: a try of our own, which a later one waits longer after; a person's tries do not count.
-- Answers {applied, again, waitMs}. `again`: more arrived during the read, and the lease is still ours.
CREATE OR REPLACE FUNCTION apply_sync(
  p_key text, p_fence bigint, p_seq bigint, p_change jsonb, p_lease_ms integer, p_attempts integer,
  p_stay boolean, p_counts boolean
) RETURNS jsonb LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
DECLARE
  v_now timestamptz := clock_timestamp();
  v_target sync_targets;
  v_known uuid := p_change->>'workspace_id';
  v_settled jsonb := jsonb_build_object('audits', '[]'::jsonb, 'outbox', '[]'::jsonb);
  v_again boolean;
  v_row jsonb;
BEGIN
  -- The fence. A holder that was overtaken writes nothing, however late it wakes.
  UPDATE sync_targets SET
      synced_seq = greatest(synced_seq, p_seq), attempts = 0, last_error = NULL, last_synced_at = v_now,
      waiting = p_stay AND dirty_seq > p_seq,
      lease_until = CASE WHEN p_stay AND dirty_seq > p_seq
        THEN greatest(next_run_at, v_now) + make_interval(secs => p_lease_ms / 1000.0) END
    WHERE key = p_key AND fence = p_fence RETURNING * INTO v_target;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('applied', false, 'again', false, 'waitMs', 0);
  END IF;

  -- Since the claim its workspace got another customer, or was removed: what was worked out for it does not hold
  -- any more. Nothing of it is written; it is read again, and the customer that it has, too.
  IF (is_superseded(p_key) AND NOT (p_change->>'superseded')::boolean)
    OR EXISTS (SELECT FROM customers WHERE id = p_key AND workspace_id IS DISTINCT FROM v_known AND v_known IS NOT NULL) THEN
    UPDATE sync_targets SET dirty_seq = dirty_seq + 1, lease_until = NULL, waiting = false WHERE key = p_key;
    PERFORM mark_targets(ARRAY(SELECT o.id FROM customers c JOIN customers o
      ON o.workspace_id = c.workspace_id AND o.id <> c.id AND o.deleted_at IS NULL WHERE c.id = p_key));
    RETURN jsonb_build_object('applied', false, 'again', false, 'waitMs', 0);
  END IF;

  -- Still among the targets, before anything else is locked.
  PERFORM mark_targets(ARRAY(SELECT jsonb_array_elements_text(p_change->'marks'))
    -- Whoever else names the workspace of a customer that is gone can have that workspace now.
    || CASE WHEN p_change->'customer'->>'deleted_at' IS NULL THEN '{}' ELSE rivals_of(p_key) END);

  -- A customer that has its workspace only now is read again at once: that one's entitlement was not part of this claim.
  IF p_change->'customer' <> 'null' THEN
    v_settled := settle_customer(p_change->'customer', v_known, p_fence, p_change->'event_ids');
    IF (v_settled->>'adopted')::boolean THEN
      UPDATE sync_targets SET dirty_seq = dirty_seq + 1, waiting = p_stay,
          lease_until = CASE WHEN p_stay
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
        fence = greatest(excluded.fence, e.fence + 1), computed_at = excluded.computed_at;
  END IF;

  INSERT INTO outbox (key, kind, target_key, payload)
    SELECT e->>'key', e->>'kind', p_key, e->'payload' FROM jsonb_array_elements(v_settled->'outbox' || (p_change->'outbox')) e
    ON CONFLICT (key) DO NOTHING;

  UPDATE checkout_intents i SET state = c->>'state', closed_at = v_now
    FROM jsonb_array_elements(p_change->'intents') c
    WHERE i.session_id = c->>'session_id' AND i.state = 'open';

  -- Not what an operator had told again since the claim: that waits for the next read.
  UPDATE webhook_events SET state = 'done', done_at = v_now
    WHERE id IN (SELECT jsonb_array_elements_text(p_change->'event_ids')) AND state = 'pending'
      AND seq <= p_seq;

  -- What could not be told stays, is counted, and is given up when its holder says so.
  UPDATE webhook_events w SET
      attempts = w.attempts + 1, last_error = left(f->>'error', 500),
      state = CASE WHEN (f->>'dead')::boolean THEN 'dead' ELSE w.state END,
      reason = CASE WHEN (f->>'dead')::boolean THEN 'gave_up' ELSE w.reason END
    FROM jsonb_array_elements(p_change->'failures') f
    WHERE w.id = f->>'event_id' AND w.state = 'pending' AND w.seq <= p_seq;

  -- Before the facts: a fact's event may also come after this read, and the trail must tell one story either way.
  FOR v_row IN SELECT * FROM jsonb_array_elements(v_settled->'audits' || (p_change->'audits')) LOOP
    PERFORM append_audit(p_key, v_row->'actor', v_row->>'action',
      nullif(v_row->'before', 'null'), nullif(v_row->'after', 'null'),
      ARRAY(SELECT jsonb_array_elements_text(v_row->'event_ids')));
  END LOOP;

  -- A fact that is already known says nothing new and leaves no audit row. What no event told is signed by who read it.
  FOR v_row IN SELECT * FROM jsonb_array_elements(p_change->'facts') LOOP
    INSERT INTO billing_facts (key, kind, object_id, customer_id, event_id)
      VALUES (v_row->>'key', v_row->>'kind', v_row->>'object_id', v_row->>'customer_id', v_row->>'event_id')
      ON CONFLICT (key) DO NOTHING;
    IF FOUND THEN
      -- In its customer's chain, whichever target it was read from: that is where somebody looks.
      PERFORM append_audit(coalesce(v_row->>'customer_id', p_key),
        coalesce(v_row->'shown_to'->'actor', jsonb_build_object('type', 'stripe', 'eventId', v_row->>'event_id')),
        v_row->>'kind', NULL, jsonb_build_object('id', v_row->>'object_id'),
        CASE WHEN v_row->>'event_id' IS NULL
          THEN ARRAY(SELECT jsonb_array_elements_text(v_row->'shown_to'->'eventIds'))
          ELSE ARRAY[v_row->>'event_id'] END);
    END IF;
  END LOOP;

  -- Applied, and not settled (a price that the catalog does not know): kept dirty, visible, tried again later.
  IF p_change->>'retry' IS NOT NULL THEN
    UPDATE sync_targets SET
        dirty_seq = greatest(dirty_seq, synced_seq + 1), attempts = tries(p_attempts, p_counts),
        last_error = left(p_change->>'retry', 500), lease_until = NULL, waiting = false,
        next_run_at = v_now + backoff(p_attempts)
      WHERE key = p_key;
    RETURN jsonb_build_object('applied', true, 'again', false, 'waitMs', 0);
  END IF;

  v_again := p_stay AND v_target.dirty_seq > p_seq;
  RETURN jsonb_build_object('applied', true, 'again', v_again, 'waitMs', CASE WHEN v_again
    THEN greatest(0, ceil(extract(epoch FROM v_target.next_run_at - v_now) * 1000))::integer ELSE 0 END);
END $$;
--> statement-breakpoint
-- db/functions/audit-hash.sql
-- The audit trail is append-only, with a hash chain per scope. One way to hash, for who appends and who verifies.
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

-- Somebody who reloads a page must not push our own next try into the night.
CREATE OR REPLACE FUNCTION tries(p_attempts integer, p_counts boolean) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN p_counts THEN p_attempts + 1 ELSE greatest(p_attempts, 1) END
$$;
--> statement-breakpoint
-- db/functions/claim-due.sql
-- Claims what is due and held by nobody: the sweeps' way in. Overlapping sweeps skip each other's rows.
-- A loop, because each call of claim_of must see what committed until its row was locked: with the
-- statement's own older snapshot it would miss an event that its seq includes.
CREATE OR REPLACE FUNCTION claim_due(p_limit integer, p_lease_ms integer)
RETURNS SETOF jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_now timestamptz := clock_timestamp();
  v_target record;
BEGIN
  FOR v_target IN
    WITH due AS (
      SELECT key FROM sync_targets
        WHERE dirty_seq > synced_seq AND next_run_at <= v_now
          AND (lease_until IS NULL OR lease_until <= v_now)
        ORDER BY next_run_at LIMIT p_limit FOR UPDATE SKIP LOCKED
    )
    UPDATE sync_targets t SET
        fence = fence + 1,
        waiting = false,
        lease_until = v_now + make_interval(secs => p_lease_ms / 1000.0),
        next_run_at = v_now + debounce_window()
      FROM due WHERE t.key = due.key RETURNING t.key, t.fence, t.dirty_seq
  LOOP
    RETURN NEXT claim_of(v_target.key, v_target.fence, v_target.dirty_seq, 0);
  END LOOP;
END $$;
--> statement-breakpoint
-- db/functions/claim-of.sql
-- Whether a customer was deleted and its workspace has another since: what happens to it then says
-- nothing about its workspace any more.
CREATE OR REPLACE FUNCTION is_superseded(p_customer text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM customers c JOIN customers o ON o.workspace_id = c.workspace_id AND o.id <> c.id
    WHERE c.id = p_customer AND c.deleted_at IS NOT NULL AND o.deleted_at IS NULL)
$$;

-- What a claim hands to its holder: everything that applying needs, as of the claim.
CREATE OR REPLACE FUNCTION claim_of(p_key text, p_fence bigint, p_seq bigint, p_wait_ms integer)
RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'key', p_key, 'fence', p_fence, 'seq', p_seq, 'waitMs', p_wait_ms,
    'attempts', (SELECT attempts FROM sync_targets WHERE key = p_key),
    'customer', (SELECT to_jsonb(c) FROM customers c WHERE c.id = p_key),
    'superseded', is_superseded(p_key),
    'subscriptions', coalesce((SELECT jsonb_agg(to_jsonb(s) ORDER BY s.id)
      FROM subscriptions s WHERE s.customer_id = p_key), '[]'),
    'entitlement', (SELECT to_jsonb(e) FROM entitlements e
      JOIN customers c ON c.workspace_id = e.workspace_id WHERE c.id = p_key),
    'overrides', coalesce((SELECT jsonb_agg(to_jsonb(o) ORDER BY o.created_at)
      FROM entitlement_overrides o JOIN customers c ON c.workspace_id = o.workspace_id
      WHERE c.id = p_key AND o.revoked_at IS NULL), '[]'),
    'events', coalesce((SELECT jsonb_agg(jsonb_build_object(
        'id', w.id, 'type', w.type, 'objectId', w.object_id, 'attempt', w.attempt,
        'tries', w.attempts) ORDER BY w.seq)
      FROM webhook_events w
      WHERE w.target_key = p_key AND w.state = 'pending' AND w.seq <= p_seq), '[]'))
$$;
--> statement-breakpoint
-- db/functions/claim-target.sql
-- Takes a target's lease in order to read it now. Answers {claim} or {held, seq}.
-- p_fence: a holder that waited out the window goes on, if it still holds.
-- p_mark: something changed that no event told us (a person came back from Stripe).
-- p_takeover: a person waits; a holder that only waits out the window gives way.
CREATE OR REPLACE FUNCTION claim_target(
  p_key text, p_fence bigint, p_mark boolean, p_takeover boolean, p_lease_ms integer
) RETURNS jsonb LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
DECLARE
  v_now timestamptz;
  v_target sync_targets;
  v_held boolean;
BEGIN
  IF p_mark THEN
    INSERT INTO sync_targets (key) VALUES (p_key) ON CONFLICT (key) DO NOTHING;
  END IF;
  SELECT * INTO v_target FROM sync_targets WHERE key = p_key FOR UPDATE;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('held', false, 'seq', 0, 'claim', NULL);
  END IF;
  v_now := clock_timestamp();
  IF p_mark THEN
    UPDATE sync_targets SET dirty_seq = dirty_seq + 1 WHERE key = p_key RETURNING * INTO v_target;
  END IF;
  v_held := CASE
    WHEN p_fence IS NOT NULL THEN v_target.fence <> p_fence
    WHEN v_target.lease_until > v_now THEN NOT (p_takeover AND v_target.waiting)
    ELSE false
  END;
  IF v_held THEN
    RETURN jsonb_build_object('held', true, 'seq', v_target.dirty_seq, 'claim', NULL);
  END IF;
  UPDATE sync_targets SET
      fence = fence + 1,
      waiting = false,
      lease_until = v_now + make_interval(secs => p_lease_ms / 1000.0),
      next_run_at = v_now + debounce_window()
    WHERE key = p_key RETURNING * INTO v_target;
  RETURN jsonb_build_object('held', false, 'seq', v_target.dirty_seq,
    'claim', claim_of(p_key, v_target.fence, v_target.dirty_seq, 0));
END $$;
--> statement-breakpoint
-- db/functions/consume-usage.sql
-- Counts a use if the month's limit allows it, and once for each key: the counter's row is locked first, so
-- that of however many at once exactly the limit passes. p_limit null: what the entitlement says, or p_free
-- for who has none. Answers {outcome: allowed | repeated | refused | lapsed, used, limit}; lapsed: the
-- entitlement has run out, nothing was counted, and the caller must find out what stands.
CREATE OR REPLACE FUNCTION consume_usage(
  p_workspace uuid, p_period timestamptz, p_now timestamptz, p_key text, p_quantity integer, p_free integer, p_limit integer
) RETURNS jsonb LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
DECLARE
  v_used integer;
  v_limit integer := p_limit;
  v_outcome text := 'allowed';
  v_entitlement entitlements;
BEGIN
  INSERT INTO usage_counters (workspace_id, period_start) VALUES (p_workspace, p_period) ON CONFLICT DO NOTHING;
  SELECT used INTO v_used FROM usage_counters WHERE workspace_id = p_workspace AND period_start = p_period FOR UPDATE;
  -- After the lock: a plan that changed while it was waited for counts as it is now.
  IF v_limit IS NULL THEN
    SELECT * INTO v_entitlement FROM entitlements WHERE workspace_id = p_workspace;
    IF v_entitlement.valid_until <= p_now THEN
      RETURN jsonb_build_object('outcome', 'lapsed', 'used', v_used, 'limit', 0);
    END IF;
    v_limit := coalesce((v_entitlement.limits->>'monthlyUses')::integer, p_free);
  END IF;

  IF EXISTS (SELECT FROM usage_events WHERE workspace_id = p_workspace AND idempotency_key = p_key) THEN
    v_outcome := 'repeated';
  ELSIF v_used + p_quantity > v_limit THEN
    v_outcome := 'refused';
  ELSE
    INSERT INTO usage_events (workspace_id, idempotency_key, quantity) VALUES (p_workspace, p_key, p_quantity)
      ON CONFLICT DO NOTHING;
    -- The same key at the turn of a month: the other month's counter has it.
    IF NOT FOUND THEN
      v_outcome := 'repeated';
    ELSE
      UPDATE usage_counters SET used = used + p_quantity WHERE workspace_id = p_workspace AND period_start = p_period
        RETURNING used INTO v_used;
    END IF;
  END IF;
  RETURN jsonb_build_object('outcome', v_outcome, 'used', v_used, 'limit', v_limit);
END $$;
--> statement-breakpoint
-- db/functions/debounce-window.sql
-- A target is read at most once in this time, and once more for what came meanwhile.
CREATE OR REPLACE FUNCTION debounce_window() RETURNS interval LANGUAGE sql IMMUTABLE AS $$
  SELECT interval '2 seconds'
$$;
--> statement-breakpoint
-- db/functions/expected-jobs.sql
-- A fresh installation counts from here: a scheduler that never comes shows as late as one that stops.
INSERT INTO heartbeats (job, at)
  SELECT job, clock_timestamp() FROM unnest(ARRAY['drain', 'backfill', 'reconcile', 'anchor', 'prune']) job
  ON CONFLICT (job) DO NOTHING;
--> statement-breakpoint
-- db/functions/fail-target.sql
-- Gives a lease back after a failure. A holder that was overtaken changes nothing, and neither does
-- one whose commit went through although its answer was lost.
CREATE OR REPLACE FUNCTION fail_target(p_key text, p_fence bigint, p_error text, p_counts boolean)
RETURNS boolean LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
BEGIN
  UPDATE sync_targets SET
      attempts = tries(attempts, p_counts), last_error = left(p_error, 500), lease_until = NULL,
      waiting = false, next_run_at = clock_timestamp() + backoff(attempts)
    WHERE key = p_key AND fence = p_fence AND dirty_seq > synced_seq;
  RETURN FOUND;
END $$;
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
    -- Whom is billed. A personal one leaves with its user.
    ('workspaces', 'SELECT, INSERT, UPDATE (name), DELETE'),
    ('memberships', 'SELECT, INSERT'),
    -- Billing is never deleted.
    ('customers', 'SELECT, INSERT, UPDATE'),
    ('subscriptions', 'SELECT, INSERT, UPDATE'),
    ('entitlements', 'SELECT, INSERT, UPDATE'),
    ('entitlement_overrides', 'SELECT, INSERT, UPDATE'),
    ('checkout_intents', 'SELECT, INSERT, UPDATE'),
    ('usage_counters', 'SELECT, INSERT, UPDATE'),
    ('usage_events', 'SELECT, INSERT'),
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

-- Gives a role exactly that, whatever it had before. Fails when the role may do more by other ways.
CREATE OR REPLACE FUNCTION grant_application(p_role text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v record;
BEGIN
  EXECUTE format('REVOKE CREATE, TEMPORARY ON DATABASE %I FROM PUBLIC, %I', current_database(), p_role);
  EXECUTE format('REVOKE ALL ON SCHEMA public FROM %I', p_role);
  EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA public FROM %I', p_role);
  REVOKE CREATE ON SCHEMA public FROM PUBLIC;
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), p_role);
  EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', p_role);
  FOR v IN SELECT * FROM application_privileges() LOOP
    EXECUTE format('GRANT %s ON public.%I TO %I', v.privileges, v.object, p_role);
  END LOOP;
  EXECUTE format('GRANT EXECUTE ON FUNCTION append_audit, anchor_audit, prune_payloads, erase_payloads TO %I', p_role);
  -- So that the health check can say whether the migrations are current.
  IF to_regclass('drizzle.__drizzle_migrations') IS NOT NULL THEN
    EXECUTE format('GRANT USAGE ON SCHEMA drizzle TO %I', p_role);
    EXECUTE format('GRANT SELECT ON drizzle.__drizzle_migrations TO %I', p_role);
  END IF;
  IF has_table_privilege(p_role, 'audit_log', 'INSERT, UPDATE, DELETE, TRUNCATE')
    OR has_table_privilege(p_role, 'subscriptions', 'DELETE') OR has_schema_privilege(p_role, 'public', 'CREATE') THEN
    RAISE EXCEPTION 'the role % may do more than this: it is a superuser, an owner, or a member of a role that is', p_role
      USING ERRCODE = 'invalid_grant_operation';
  END IF;
END $$;

-- Who was given that: whoever may append to the audit trail without owning it.
CREATE OR REPLACE FUNCTION application_roles() RETURNS SETOF text LANGUAGE sql STABLE AS $$
  SELECT rolname::text FROM pg_proc p, aclexplode(p.proacl) a JOIN pg_roles r ON r.oid = a.grantee
    WHERE p.oid = 'append_audit'::regproc AND a.grantee <> p.proowner
$$;

REVOKE ALL ON FUNCTION grant_application FROM PUBLIC;
--> statement-breakpoint
-- db/functions/ingest-event.sql
-- Stores an authentic event once, marks its target dirty and, when nobody works on it, takes its lease.
-- p_target null: authentic, not for us; stored as ignored. Answers {outcome, state, claim}.
CREATE OR REPLACE FUNCTION ingest_event(
  p_id text, p_type text, p_target text, p_object_id text, p_customer_id text, p_attempt integer,
  p_livemode boolean, p_api_version text, p_stripe_created_at timestamptz, p_reason text,
  p_payload text, p_payload_sha256 text, p_lease_ms integer
) RETURNS jsonb LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
DECLARE
  v_now timestamptz;
  v_target sync_targets;
  v_state text := CASE WHEN p_target IS NULL THEN 'ignored' ELSE 'pending' END;
  v_wait integer;
BEGIN
  -- The target is locked before its event is written: seq is then in commit order per target.
  IF p_target IS NOT NULL THEN
    INSERT INTO sync_targets (key) VALUES (p_target) ON CONFLICT (key) DO NOTHING;
    SELECT * INTO v_target FROM sync_targets WHERE key = p_target FOR UPDATE;
  END IF;

  INSERT INTO webhook_events (id, type, target_key, object_id, customer_id, attempt, livemode,
      api_version, stripe_created_at, seq, state, reason, payload, payload_sha256)
    VALUES (p_id, p_type, p_target, p_object_id, p_customer_id, p_attempt, p_livemode,
      p_api_version, p_stripe_created_at, v_target.dirty_seq + 1, v_state, p_reason,
      -- Of somebody who was erased nothing is kept as it was said.
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
  -- Held, or backing off: the holder or a sweep will see this event. News shortens a backoff to a
  -- minute: hours are for a target about which nobody has heard anything.
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
    'claim', claim_of(p_target, v_target.fence, v_target.dirty_seq, v_wait));
END $$;
--> statement-breakpoint
-- db/functions/mark-targets.sql
-- Marks targets dirty, and due within the debounce window. In the order of their keys, so that two of these never wait
-- for each other; a target that is held is seen again by its holder.
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
-- db/functions/prove-writes.sql
-- Raises whatever would stand against a webhook now. It stores an event and takes it back, which a server that
-- only reads, a right that is missing or a full disk refuses; and since that may still find room in a page that
-- the table has, it also fills a file of half a megabyte, which goes with the statement.
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
-- db/functions/prune-payloads.sql
-- The events that say something of these customers: those that name one, and those about a charge (a dispute
-- can hold an address) of which a fact became theirs.
CREATE OR REPLACE FUNCTION events_about(p_customers text[]) RETURNS SETOF text LANGUAGE sql STABLE AS $$
  SELECT id FROM webhook_events WHERE customer_id = ANY (p_customers)
  UNION
  SELECT w.id FROM webhook_events w WHERE w.target_key IN (
    SELECT e.target_key FROM billing_facts f JOIN webhook_events e ON e.id = f.event_id
      WHERE f.customer_id = ANY (p_customers) AND e.customer_id IS NULL)
$$;

-- Empties what Stripe said about customers whose user was erased, and nothing else. Answers how many.
CREATE OR REPLACE FUNCTION erase_payloads(p_customers text[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
  v_done integer;
BEGIN
  UPDATE webhook_events SET payload = NULL WHERE payload IS NOT NULL AND id IN (
    SELECT events_about(ARRAY(SELECT id FROM customers WHERE id = ANY (p_customers) AND erased_at IS NOT NULL)));
  GET DIAGNOSTICS v_done = ROW_COUNT;
  RETURN v_done;
END $$;

-- Empties up to p_limit payloads that have served: older than ninety days, which is longer than Stripe resends
-- or remembers an event, and dealt with. What waits or was given up keeps its payload until somebody has looked.
CREATE OR REPLACE FUNCTION prune_payloads(p_limit integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
  v_done integer;
BEGIN
  UPDATE webhook_events SET payload = NULL WHERE id IN (
    SELECT id FROM webhook_events
      WHERE payload IS NOT NULL AND received_at < clock_timestamp() - interval '90 days'
        AND state IN ('done', 'ignored')
      ORDER BY received_at LIMIT p_limit FOR UPDATE SKIP LOCKED);
  GET DIAGNOSTICS v_done = ROW_COUNT;
  RETURN v_done;
END $$;

REVOKE ALL ON FUNCTION erase_payloads, prune_payloads FROM PUBLIC;
--> statement-breakpoint
-- db/functions/refuse-rewrite.sql
-- Tables that only grow: what happened, happened.
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

-- An anchor is sealed once, and then stands.
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
-- Tells a stored event again, by an operator's word: it waits once more, under the target that it has
-- by today's rules. Facts and entries of the outbox have natural keys, so nothing happens twice.
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
-- db/functions/settle-customer.sql
-- The living customers that name the same workspace as this one has, and do not have it.
CREATE OR REPLACE FUNCTION rivals_of(p_customer text) RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT coalesce(array_agg(o.id), '{}') FROM customers c
    JOIN customers o ON o.claimed_workspace_id = c.workspace_id AND o.conflict IS NOT NULL AND o.deleted_at IS NULL
    WHERE c.id = p_customer
$$;

-- Writes what a read showed of a customer itself: whether Stripe has it, and whom its metadata name. It gets
-- that workspace if it has none and the workspace has no other living customer. The one it has, it keeps.
-- p_seen: {id, livemode, claimed_workspace_id, deleted_at, missing, actor}; p_known: its workspace as of the claim.
-- Answers {adopted, audits[], outbox[]}: whether it has a workspace that the claim did not know, and what the
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
  -- Of what it does not have, Stripe shows no metadata; and of whom we had to forget, we keep no name.
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
    -- Operators are told of each conflict, and once a day that customers are missing: with a wrong key all are.
    'outbox', (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', 'notification',
        'key', 'notification:' || (m->>'action') || ':' || CASE WHEN m->>'action' = 'customer.miss'
          THEN to_char(v_new.missing_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') ELSE v_id || ':' || p_fence END,
        'payload', jsonb_build_object('kind', m->>'action', 'objectId', v_id, 'customerId', v_id))), '[]')
      FROM jsonb_array_elements(v_moves) m
      WHERE m->>'action' = 'customer.miss'
        OR m->>'action' = 'customer.conflict' AND m->'after'->>'conflict' IS NOT NULL));
END $$;
--> statement-breakpoint
SELECT grant_application(role) FROM application_roles() role;
