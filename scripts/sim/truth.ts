import type { SubscriptionSnapshot } from '@/lib/stripe/subscriptions'
import { snapshotOf } from '@/lib/sync/scripted-stripe.fixture'
import type { Random } from './random'

export type Emitted = { type: string; objectId: string; attempt: number | null }

/** What is true at Stripe about one customer, and what Stripe says when it changes. */
export type Truth = {
  subscriptions(): SubscriptionSnapshot[]
  /** Counts changes; a read is as new as the version it saw. */
  version(): number
  /** Every fact that happened, by its natural key. */
  facts: Set<string>
  change(now: number): Emitted[]
}

/** A customer who has never bought. */
export function truth(random: Random): Truth {
  const all: SubscriptionSnapshot[] = []
  const facts = new Set<string>()
  let version = 0
  let invoices = 0

  const edit = (at: number, fields: Parameters<typeof snapshotOf>[0]) => {
    const { items = [], ...old } = all[at] ?? {}
    const [item] = items
    if (item) all[at] = snapshotOf({ ...old, ...kept(item), ...fields })
  }
  const pay = (attempt: number | null): Emitted => {
    invoices += 1
    const objectId = `in_${invoices}`
    const type = attempt === null ? 'invoice.paid' : 'invoice.payment_failed'
    facts.add(attempt === null ? `${type}:${objectId}` : `${type}:${objectId}:${attempt}`)
    return { type, objectId, attempt }
  }
  return {
    subscriptions: () => all.map((each) => ({ ...each })),
    version: () => version,
    facts,
    change(now) {
      version += 1
      const at = all.findLastIndex(({ endedAt }) => !endedAt)
      const living = all[at]
      if (!living) {
        const id = `sub_${all.length + 1}` as const
        const created = new Date(now)
        const periodEnd = new Date(now + 30 * 86_400_000)
        all.push(snapshotOf({ id, tier: random.pick(['pro', 'studio']), created, periodEnd }))
        return [say('customer.subscription.created', id), pay(null)]
      }
      const { id } = living
      switch (random.between(0, 5)) {
        case 0:
          edit(at, { tier: random.pick(['pro', 'studio']) })
          return [say('customer.subscription.updated', id), pay(null)]
        case 1:
          edit(at, { cancelAt: living.cancelAt ? null : new Date(now + 20 * 86_400_000) })
          return [say('customer.subscription.updated', id)]
        case 2:
          edit(at, { status: 'past_due', latestInvoice: UNPAID })
          return [pay(random.between(1, 3)), say('customer.subscription.updated', id)]
        case 3:
          edit(at, { status: 'active', latestInvoice: null })
          return [pay(null), say('customer.subscription.updated', id)]
        case 4:
          edit(at, { status: 'canceled', endedAt: new Date(now), cancelAt: null })
          return [say('customer.subscription.deleted', id)]
        default:
          edit(at, { status: random.pick(['paused', 'unpaid', 'active']) })
          return [say('customer.subscription.updated', id)]
      }
    },
  }
}

function say(type: string, objectId: string): Emitted {
  return { type, objectId, attempt: null }
}

function kept({ metadataTier, currentPeriodEnd }: SubscriptionSnapshot['items'][number]) {
  return { tier: metadataTier, periodEnd: currentPeriodEnd }
}

// One day for all: since when a debt stands is the one thing that our books remember by themselves.
const UNPAID: SubscriptionSnapshot['latestInvoice'] = {
  id: 'in_0',
  status: 'open',
  finalizedAt: new Date('2026-11-20T00:00:00Z'),
  dueDate: null,
  nextPaymentAttempt: null,
}
