import { INTERVALS } from '@/lib/catalog/plans'
import { tierForPrice } from '@/lib/catalog/tier-for-price'
import type { NextCharge } from '@/lib/charge'
import { withDeadline } from '@/lib/deadline'
import { env } from '@/lib/env'
import { Unavailable } from '@/lib/errors'
import type { SubscriptionId } from '@/lib/ids'
import { failureText, log } from '@/lib/log'
import { countRead, mayRead, type Reader } from '@/lib/redis/person-reads'
import { previewNextCharge } from '@/lib/stripe/next-charge'
import {
  type Billing,
  type Coming,
  type Next,
  NOT_KNOWN,
  NOTHING_FOLLOWS,
  recurrenceOf,
} from './billing'
import { type Kept, keepCharge, keptCharge } from './kept-charge'

// A section of a page waits no longer: then it says that the amount is not known now.
const PATIENCE_MS = 2_000

// In these Stripe goes on making invoices, and charges them.
const CHARGED: readonly Billing['status'][] = ['active', 'trialing', 'past_due', 'processing']

/**
 * What a workspace is charged next, by Stripe's own preview. Never throws: without Stripe's answer it is not
 * known, and never the price of a list.
 */
export async function readNextCharge(reader: Reader, billing: Billing): Promise<Next> {
  const { subscriptionId, collectionPaused, asOf } = billing
  if (!subscriptionId || !CHARGED.includes(billing.status)) return NOTHING_FOLLOWS
  if (collectionPaused && !collectionPaused.resumesAt) return NOTHING_FOLLOWS
  if (billing.stale || !asOf) return NOT_KNOWN
  const key = { subscriptionId, asOf }
  const kept = await keptCharge(key)
  if (kept) return nextOf(kept, billing)
  const asked = await ask(reader, subscriptionId)
  if (!asked) return NOT_KNOWN
  await keepCharge(key, asked)
  return nextOf(asked, billing)
}

async function ask(reader: Reader, id: SubscriptionId): Promise<Kept | null> {
  try {
    if (!(await mayRead(reader)).allowed) return null
    countRead()
    const late = () => new Unavailable('stripe_away')
    return { charge: await withDeadline(previewNextCharge(id), PATIENCE_MS, late) }
  } catch (error) {
    log.warn(
      { subscription: id, error: failureText(error) },
      'billing shown without what is charged next',
    )
    return null
  }
}

// What ends before its next invoice has none, and one that is made while nothing is collected asks for nothing.
function nextOf({ charge }: Kept, billing: Billing): Next {
  const { cancelAt, collectionPaused } = billing
  const begins = collectionPaused?.resumesAt
  if (!charge || (cancelAt && cancelAt <= charge.at) || (begins && charge.at < begins))
    return NOTHING_FOLLOWS
  return { kind: 'charge', charge, coming: comingOf(charge, billing) }
}

function comingOf({ change }: NextCharge, now: Billing): Coming | null {
  if (!change) return null
  const { kind, at, price, interval } = change
  const tier = tierForPrice(price, env().stripe.prices)
  const ours = INTERVALS.find((each) => each === interval) ?? null
  const coming = { at, tier, interval: ours, recurrence: recurrenceOf(interval) }
  const isAsOften = coming.interval === now.interval && coming.recurrence === now.recurrence
  const isSame = tier !== null && tier === now.plan && isAsOften
  const isPrice = kind === 'planned' && isSame && price.id !== now.priceId
  return { kind: isPrice ? 'price' : kind, ...coming }
}
