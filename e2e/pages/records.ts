import { expect } from '@playwright/test'
import type postgres from 'postgres'
import { pendingDeliveries } from '@/e2e/stack/sandbox'
import { variable } from '@/e2e/stack/variable'

/** What the application wrote about one person, in the order in which it was written. */
export async function auditOf(sql: postgres.Sql, email: string): Promise<string[]> {
  const rows = await sql<{ action: string }[]>`
    select a.action from audit_log a
    join customers c on c.id = a.scope
    join memberships m on m.workspace_id = c.workspace_id
    join users u on u.id = m.user_id
    where u.email = ${email} order by a.n`
  return rows.map(({ action }) => action)
}

/**
 * The same without the free access that the trail begins with where a customer is read before they have
 * paid: it depends on how long they take for that.
 */
export function withoutFirstFree(actions: readonly string[]): string[] {
  const bought = actions.indexOf('subscription.start')
  const free = actions.findIndex((action, n) => action === 'entitlement.change' && n < bought)
  return actions.filter((_, n) => n !== free)
}

/**
 * Waits until Stripe has delivered everything and every event is drained. What arrives while a form's own read is
 * under way is left to the minute's cron, which comes every few seconds here, at the server of `base`.
 */
export async function allIsDrained(sql: postgres.Sql, base = variable('BASE_URL')): Promise<void> {
  let cron = Date.now() + CRON_MS
  await untilDrained(sql, async () => {
    if (Date.now() < cron) return
    await runDrain(base)
    cron = Date.now() + CRON_MS
  })
}

/** The same where a story only begins: nothing waits for the two seconds between two reads of a customer. */
export async function drainAtOnce(sql: postgres.Sql): Promise<void> {
  await untilDrained(sql, async () => {
    if ((await pendingDeliveries()) > 0) return
    await sql`update sync_targets set next_run_at = clock_timestamp()
      where dirty_seq > synced_seq and next_run_at > clock_timestamp()`
    await runDrain()
  })
}

async function untilDrained(sql: postgres.Sql, help: () => Promise<void>): Promise<void> {
  await expect
    .poll(async () => {
      await help()
      const [row] = await sql<{ waiting: number }[]>`
        select (select count(*) from webhook_events where state = 'pending')::integer
          + (select count(*) from sync_targets where dirty_seq > synced_seq)::integer as waiting`
      return { pending: await pendingDeliveries(), waiting: row?.waiting }
    }, OFTEN)
    .toEqual({ pending: 0, waiting: 0 })
}

/** Runs what the minute cron runs, and waits for its end. */
export async function runDrain(base = variable('BASE_URL')): Promise<void> {
  const response = await fetch(`${base}/api/cron/drain`, {
    headers: { Authorization: `Bearer ${variable('CRON_SECRET')}` },
  })
  if (!response.ok) throw new Error(`The drain answered ${response.status}.`)
}

// Milliseconds. Longer than events take that are read by themselves, which the stories are to show: two seconds
// of debounce, and the read.
const CRON_MS = 5_000

// Its own steps grow to a second, which most stories would wait for in vain. And where a month has passed for all
// customers, a busy machine takes longer than a page may.
const OFTEN = { intervals: [50], timeout: 30_000 }
