import { findMove, findOpenMove, type PriceMove } from '@/db/queries/price-moves'
import { findSubscription } from '@/db/queries/subscriptions'
import { PLANS } from '@/lib/catalog/plans'
import { calendarDay } from '@/lib/clock'
import { parseTier } from '@/lib/entitlements/governing'
import { env } from '@/lib/env'
import type { Mail } from '@/lib/mail/mail'
import { priceChangesEmail, priceStaysEmail } from '@/lib/mail/price-move-emails'
import type { Money } from '@/lib/money'
import { previewNextCharge } from '@/lib/stripe/next-charge'
import type { Writing } from './writing'

/** Of a price that is to change; null when that was taken back, is over, or is in effect by now. */
export async function aboutComingPrice({ notification, to, now }: Writing): Promise<Mail | null> {
  const move = await findMove(notification.objectId)
  if (move?.state !== 'planned' || move.effectiveAt <= now) return null
  const words = await wordsOf(move, to)
  return words && priceChangesEmail({ ...words, after: await totalOn(move) })
}

/** Of a price that was to change and does not; null where another change of it is under way. */
export async function aboutKeptPrice({ notification, to }: Writing): Promise<Mail | null> {
  const move = await findMove(notification.objectId)
  if (move?.state !== 'undone' || (await findOpenMove(move.subscriptionId))) return null
  const words = await wordsOf(move, to)
  return words && priceStaysEmail(words)
}

async function wordsOf(move: PriceMove, to: string) {
  const row = await findSubscription(move.subscriptionId)
  const tier = parseTier(row?.tier ?? null)
  if (!row || row.endedAt || !tier) return null
  const { name } = PLANS[tier]
  return {
    to,
    plan: (row.quantity ?? 1) === 1 ? name : `${row.quantity} × ${name}`,
    interval: row.interval,
    at: move.effectiveAt,
    before: { amount: move.amountBefore, currency: move.currency },
    billingUrl: `${env().appUrl}/settings/billing`,
  }
}

// Where that is the next invoice, Stripe knows it as it will be: with its schedule, and today's discounts.
async function totalOn(move: PriceMove): Promise<Money> {
  const next = await previewNextCharge(move.subscriptionId)
  const isNext = next && calendarDay(next.at) === calendarDay(move.effectiveAt)
  return isNext
    ? { amount: next.total, currency: next.currency }
    : { amount: move.amountAfter, currency: move.currency }
}
