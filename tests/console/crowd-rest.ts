import { ID } from './crowd-id'

/**
 * What the crowd has beside its billing: teams and their members, sessions and ways to sign in, API
 * keys, uses, trials, claims of customers without a workspace, price moves, and what operators
 * granted.
 */
export function restOf(customers: number): string[] {
  const all = `generate_series(1, ${customers}) n`
  return [
    // One in twenty has a colleague, in a workspace that is a team's by its members only.
    `insert into memberships (workspace_id, user_id, role)
      select ${ID}::uuid, '00000000-0000-4000-8000-' || lpad(to_hex(n - 1), 12, '0'), 'member' from ${all} where n % 20 = 2`,
    `insert into accounts (user_id, provider, provider_account_id) select ${ID}, 'github', 'crowd' || n from ${all} where n % 3 = 0`,
    `insert into sessions (token_hash, user_id, expires, created_at)
      select md5('session' || n), ${ID}, now() + n % 30 * interval '1 day' + interval '1 hour', now() - n % 30 * interval '1 day' from ${all} where n % 2 = 0`,
    `insert into sign_in_networks (user_id, network_hash, expires)
      select ${ID}, md5('network' || n), now() + n % 90 * interval '1 day' + interval '1 hour' from ${all} where n % 2 = 0`,
    `insert into verification_tokens (identifier, token, expires)
      select 'person' || n || '@example.test', md5('link' || n), now() + interval '1 hour' from ${all} where n % 500 = 0`,
    `insert into email_opt_outs (user_id, kind) select ${ID}, 'usage' from ${all} where n % 50 = 0`,
    `insert into api_keys (id, workspace_id, created_by, name, mode, hash, last_four, created_at)
      select gen_random_uuid(), ${ID}::uuid, ${ID}, 'Key', 'test', md5('key' || n), right(md5('key' || n), 4), now() - interval '9 days' from ${all} where n % 2 = 1`,
    `insert into usage_events (workspace_id, idempotency_key, quantity, state, period_start, plan_units, credits, expires_at, used_at)
      select ${ID}::uuid, 'crowd' || k, 1, case when n % 100 = 1 and k = 1 then 'held' else 'counted' end,
        date_trunc('month', now()), 1, '[]', case when n % 100 = 1 and k = 1 then now() + interval '1 hour' end,
        now() - n * interval '7 seconds' from ${all}, generate_series(1, 3) k where n % 2 = 1 order by n desc`,
    `insert into usage_days (workspace_id, day, units) select ${ID}::uuid, current_date - k, 1 from ${all}, generate_series(0, 2) k where n % 2 = 1`,
    `insert into trials (kind, subject, subscription_id) select 'user', ${ID}, 'sub_crowd' || n from ${all} where n % 20 = 2`,
    `insert into entitlement_overrides (workspace_id, kind, name, effect, tier, reason, actor, expires_at)
      select ${ID}::uuid, 'plan', '', 'grant', 'pro', 'crowd', '{"type":"operator","id":"x"}', now() + interval '90 days' from ${all} where n % 5000 = 4999`,
    `update entitlements set tier = 'pro', access = 'full' where workspace_id in (select workspace_id from entitlement_overrides)`,
    // Customers that were made at Stripe by hand, and wait until someone with their address signs in.
    `insert into customers (id, livemode, created_at) select 'cus_waits' || n, false, now() - n * interval '20 seconds' from ${all} where n % 20 = 3`,
    `insert into sync_targets (key, dirty_seq, synced_seq, fence, last_synced_at) select 'cus_waits' || n, 1, 1, 1, now() from ${all} where n % 20 = 3`,
    `insert into customer_claims (customer_id, email) select 'cus_waits' || n, 'waits' || n || '@example.test' from ${all} where n % 20 = 3`,
    // Of one price to the next, and the last of them still to come.
    `insert into price_moves (subscription_id, customer_id, from_price, to_price, effective_at, amount_before, amount_after, currency, state, created_at, closed_at)
      select 'sub_crowd' || n, 'cus_crowd' || n, 'price_old', 'price_crowd' || n % 4, now() - k * interval '300 days', 1500, 1900, 'usd', 'moved',
        now() - k * interval '320 days', now() - k * interval '300 days' from ${all}, generate_series(1, 2) k where n % 10 = 4
      union all select 'sub_crowd' || n, 'cus_crowd' || n, 'price_crowd' || n % 4, 'price_next', now() + n % 30 * interval '1 day', 1900, 2100, 'usd', 'planned',
        now() - interval '20 days', null from ${all} where n % 100 = 14`,
  ]
}
