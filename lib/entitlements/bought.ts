import { FREE } from '@/lib/catalog/plans'
import type { BilledInvoice } from '@/lib/stripe/billed-invoice'
import { tierRank } from './governing'
import { planLines } from './invoice-kind'

/** The plan that a price pays for; null: unknown. */
export type TierOfPrice = (priceId: string) => string | null

/** The end of what the plan was paid for; null: of nothing. An add-on may be paid for longer. */
export function boughtUntil(paid: readonly BilledInvoice[], tierOf: TierOfPrice): Date | null {
  const ends = paid.flatMap((invoice) => bought(invoice, tierOf)).map(({ until }) => Number(until))
  return ends.length > 0 ? new Date(Math.max(...ends)) : null
}

/**
 * The plan that the newest of these bought, or else the one that is waited for; null: unknown.
 * `free`: they bought none.
 */
export function coveredBy(
  paid: readonly BilledInvoice[],
  waitedFor: BilledInvoice | undefined,
  tierOf: TierOfPrice,
): string | null {
  const named = [...paid, ...(waitedFor ? [waitedFor] : [])].filter(
    (invoice) => planLines(invoice).length > 0,
  )
  for (const invoice of named) {
    const lines = bought(invoice, tierOf)
    // A renewal also bills what was changed in the period before: that has ended with it.
    const last = Math.max(...lines.map(({ until }) => Number(until)))
    const [best] = lines
      .filter(({ until }) => Number(until) === last)
      .toSorted((a, b) => tierRank(b.tier) - tierRank(a.tier))
    if (best) return best.tier
  }
  return named.length > 0 ? null : FREE.tier
}

// What was paid for in part lasts for that part of its time.
function bought(invoice: BilledInvoice, tierOf: TierOfPrice) {
  const share = invoice.share > 0 ? invoice.share : 1
  return planLines(invoice).flatMap(({ priceId, from, until }) => {
    const tier = priceId ? tierOf(priceId) : null
    const time = (until.getTime() - from.getTime()) * share
    return tier ? [{ tier, until: new Date(from.getTime() + Math.floor(time)) }] : []
  })
}
