import type { SubscriptionRow } from '@/db/queries/claim'
import type { SubscriptionId } from '@/lib/ids'
import { formatMoney } from '@/lib/money'
import type { MirrorRow } from '@/lib/sync/mirror'

/** One subscription, field by field: what our records say, and what Stripe says now. */
export type Compared = {
  id: SubscriptionId
  fields: { label: string; ours: string | null; stripe: string | null; differs: boolean }[]
  /** Some field differs, or one side does not have it at all. */
  differs: boolean
}

/** Both sides of every subscription that either of them has, the newest first. */
export function compare(
  ours: readonly SubscriptionRow[],
  theirs: readonly MirrorRow[],
): Compared[] {
  const mine = new Map<SubscriptionId, Shown>(ours.map((row) => [row.id, row]))
  const other = new Map<SubscriptionId, Shown>(theirs.map((row) => [row.id, row]))
  const ids = [...new Set([...other.keys(), ...mine.keys()])]
  const created = (id: SubscriptionId) =>
    Number((other.get(id) ?? mine.get(id))?.stripeCreatedAt ?? 0)
  return ids
    .toSorted((a, b) => created(b) - created(a) || (a < b ? -1 : 1))
    .map((id) => {
      const fields = FIELDS.map(([label, text]) => {
        const [left, right] = [mine.get(id), other.get(id)].map((row) => (row ? text(row) : null))
        return { label, ours: left ?? null, stripe: right ?? null, differs: left !== right }
      })
      return { id, fields, differs: fields.some(({ differs }) => differs) }
    })
}

type Shown = MirrorRow

// What decides about access and money, in the order in which an operator asks. A dash stands for nothing.
const FIELDS: readonly (readonly [label: string, text: (row: Shown) => string])[] = [
  ['Status', ({ status }) => status],
  ['Plan', ({ tier, interval }) => `${tier ?? 'unknown'}${interval ? `, by the ${interval}` : ''}`],
  ['Price', ({ priceId }) => priceId ?? NOTHING],
  [
    'Amount',
    ({ unitAmount, currency, quantity }) =>
      unitAmount === null || currency === null
        ? NOTHING
        : `${formatMoney({ amount: unitAmount, currency })} × ${quantity ?? 1}`,
  ],
  ['Payment', ({ payment, owes }) => (owes ? `${payment}, of the ${owes}` : payment)],
  ['Paid through', ({ paidThrough }) => instant(paidThrough)],
  ['Period ends', ({ currentPeriodEnd }) => instant(currentPeriodEnd)],
  ['Trial ends', ({ trialEnd }) => instant(trialEnd)],
  [
    'Will end',
    ({ cancelAt, cancelAtPeriodEnd }) =>
      cancelAt ? instant(cancelAt) : cancelAtPeriodEnd ? 'with its period' : NOTHING,
  ],
  ['Ended', ({ endedAt }) => instant(endedAt)],
  [
    'Collection',
    ({ collectionPaused, collectionResumesAt }) =>
      collectionPaused ? `paused until ${instant(collectionResumesAt)}` : 'on',
  ],
]

const NOTHING = '–'

function instant(date: Date | null): string {
  return date ? `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC` : NOTHING
}
