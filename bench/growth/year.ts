import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { disconnect } from '@/db/client'
import { rowsOf } from '@/db/rows-of'
import { openShop } from '@/lib/checkout/shop.fixture'
import { realClock } from '@/lib/clock'
import { handledEvents } from '@/lib/events/handlers'
import { log } from '@/lib/log'
import { deliverOutbox } from '@/lib/outbox/deliver'
import { advance, deliver, newsOf, settle, subscriber } from '@/lib/reconcile/subscribers.fixture'
import { prune } from '@/lib/retention/prune'
import { sizesOf } from './sizes'

export type Year = {
  customers: number
  events: number
  /** After they came and bought, and what that left was pruned; before the first renewal. */
  before: Record<string, number>
  kept: Record<string, number>
  pruned: Record<string, number>
}

// Its output is the figures alone.
log.level = 'silent'

// A process of ours that lives a year with so many customers, each of whom pays by the month: every event that our
// endpoint takes is delivered, every customer read, every email sent.
const [customers, months] = process.argv.slice(2).map(Number)
if (!customers || !months) throw new Error('How many customers, and how many months?')
const shop = await openShop()
const line = postgres(String(process.env.DATABASE_URL), { max: 1, onnotice: () => {} })
const news = newsOf(shop)
let events = 0
let before: Record<string, number> = {}
for (let n = 0; n < customers; n += 1) await subscriber()
for (let month = 0; month <= months; month += 1) {
  if (month > 0) await advance(shop, 31 * 86_400)
  for (const event of news()) {
    // Of others Stripe would send us nothing.
    if (!handledEvents.some((type) => type === event.type)) continue
    await deliver(event)
    events += 1
  }
  await settle()
  await deliverOutbox(realClock, 60_000)
  // The months go by in minutes: what a night would have anchored of each.
  await rowsOf(sql`insert into audit_anchor_heads (day, scope, n, hash)
    select current_date - 1000 + ${month}::integer, scope, n, hash from audit_heads h
    where not exists (select from audit_anchor_heads a where a.scope = h.scope and a.n = h.n)`)
  // That they came and bought is no growth by events, and none of it is to be pruned later.
  if (month > 0) continue
  await age()
  before = await sizesOf(line)
  events = 0
}
const kept = await sizesOf(line)
await age()
const pruned = await sizesOf(line)
await line.end()
await disconnect()
await shop.stop()
const year: Year = { customers, events, before, kept, pruned }
process.stdout.write(JSON.stringify(year))
process.exit(0)

// As if all of it were a day older than pruning waits for, and the night came.
async function age(): Promise<void> {
  const ago = sql`interval '91 days'`
  await rowsOf(sql`update webhook_events set received_at = received_at - ${ago}`)
  await rowsOf(sql`update outbox set delivered_at = delivered_at - ${ago}`)
  await prune(() => false)
}
