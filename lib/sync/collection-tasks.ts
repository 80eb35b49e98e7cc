import type { Claim } from '@/db/queries/claim'
import type { Change, Fact } from '@/db/queries/ledger'
import { calendarDay } from '@/lib/clock'
import type { CustomerId } from '@/lib/ids'
import { APP } from '@/lib/stripe/metadata'
import type { SubscriptionSnapshot } from '@/lib/stripe/subscriptions'
import type { MirrorRow } from './mirror'

/** `outbox.kind` of what has to be done at Stripe about an ended subscription's money. */
export const COLLECTION = 'collection'

/**
 * What ended subscriptions leave to do: each end has its open invoices closed, and money that comes
 * while there is an ended one is looked at, in case that it is for it. Keys are natural: each end and
 * each payment is dealt with once.
 */
export function collectionTasks(
  claim: Claim,
  { current, shown, facts }: Seen,
  customerId: CustomerId,
): Change['outbox'] {
  const over = current.filter((row) => row.endedAt && isOurs(row, claim, shown))
  if (over.length === 0) return []
  const known = new Set(claim.subscriptions.flatMap(({ id, endedAt }) => (endedAt ? [id] : [])))
  const ends = over.filter(({ id }) => !known.has(id))
  const living = shown.flatMap(({ endedAt, invoices }) => (endedAt ? [] : invoices))
  const paid = facts.filter(
    ({ kind, objectId }) => kind === 'invoice.paid' && !living.some(({ id }) => id === objectId),
  )
  return [
    // With its day: a Stripe that does not have the customer makes every subscription seem ended for a while.
    ...ends.map(({ id, endedAt }) =>
      entry(`subscription.end:${id}:${endedAt && calendarDay(endedAt)}`, {
        task: 'settle',
        subscriptionId: id,
        customerId,
      }),
    ),
    ...paid.map(({ key, objectId }) =>
      entry(key, { task: 'late_payment', invoiceId: objectId, customerId }),
    ),
  ]
}

type Seen = {
  current: readonly MirrorRow[]
  shown: readonly SubscriptionSnapshot[]
  facts: readonly Fact[]
}

// Another application may have customers in the same account: their debts are not ours to close.
function isOurs({ id }: MirrorRow, claim: Claim, shown: Seen['shown']): boolean {
  if (claim.customer?.workspaceId) return true
  return shown.some((each) => each.id === id && each.metadata.app === APP)
}

function entry(key: string, payload: Record<string, unknown>): Change['outbox'][number] {
  return { key: `collect:${key}`, kind: COLLECTION, payload }
}
