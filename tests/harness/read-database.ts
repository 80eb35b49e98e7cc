import type postgres from 'postgres'

/** What the application wrote, as far as Stripe's side of the story can check it. */
export type LocalState = {
  events: { id: string; state: string }[]
  subscriptions: SubscriptionRow[]
  entitlements: EntitlementRow[]
  facts: { key: string }[]
  /** How many audit rows record a fact: by kind and Stripe's object. */
  audited: { kind: string; object: string; times: number }[]
  /** Sync targets that still wait for a read, with what they last failed of. */
  dirty: { key: string; reason: string | null }[]
  /** Audit rows whose hash, or whose place in their chain, is not what it must be. */
  broken: { scope: string; n: number }[]
}

export type SubscriptionRow = {
  id: string
  customer: string
  status: string
  tier: string | null
  price: string | null
  period_end: Date | null
  cancel_at: Date | null
  cancels: boolean
  ended_at: Date | null
}

export type EntitlementRow = {
  workspace: string
  tier: string
  status: string
  access: string
  subscription: string | null
}

/** Reads all of it in one moment: no process is writing any more. */
export async function readDatabase(sql: postgres.Sql): Promise<LocalState> {
  const [events, subscriptions, entitlements, facts, audited, dirty, broken] = await Promise.all([
    sql<LocalState['events']>`select id, state from webhook_events`,
    sql<SubscriptionRow[]>`select id, customer_id as customer, status, tier, price_id as price,
      current_period_end as period_end, cancel_at, cancel_at_period_end as cancels, ended_at
      from subscriptions`,
    sql<EntitlementRow[]>`select workspace_id as workspace, tier, status, access,
      subscription_id as subscription from entitlements`,
    sql<LocalState['facts']>`select key from billing_facts`,
    sql<
      LocalState['audited']
    >`select action as kind, after ->> 'id' as object, count(*)::integer as times
      from audit_log where action like 'invoice.%' group by 1, 2`,
    sql<LocalState['dirty']>`select key, last_error as reason from sync_targets
      where dirty_seq > synced_seq`,
    brokenLinks(sql),
  ])
  return { events, subscriptions, entitlements, facts, audited, dirty, broken }
}

/** How much there still is to do: events that wait, and targets that must be read. */
export async function waiting(sql: postgres.Sql): Promise<number> {
  const [row] = await sql<{ n: number }[]>`
    select (select count(*) from webhook_events where state = 'pending')::integer
      + (select count(*) from sync_targets where dirty_seq > synced_seq)::integer as n`
  return row?.n ?? 0
}

// Each hash is computed again, each link compared with the one before, and the last with the head.
function brokenLinks(sql: postgres.Sql) {
  return sql<LocalState['broken']>`
    with chain as (
      select l.*, lag(hash, 1, '') over w as link, row_number() over w as place
      from audit_log l window w as (partition by scope order by n)
    )
    select scope, n::integer from chain
      where n <> place or prev <> link
        or hash <> audit_hash(prev, scope, n, at, actor, action, before, after, event_ids)
    union all
    select h.scope, h.n::integer from audit_heads h
      where not exists (select 1 from audit_log l
        where l.scope = h.scope and l.n = h.n and l.hash = h.hash)`
}
