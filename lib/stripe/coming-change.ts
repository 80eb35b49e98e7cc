import type Stripe from 'stripe'
import type { ComingChange } from '@/lib/charge'
import { fromUnix } from '@/lib/clock'
import { recordedInterval } from '@/lib/interval-words'

/** What is to follow what a subscription is now, of one that was read with its schedule and the prices of that. */
export function comingChange({
  pending_update: pending,
  schedule,
}: Stripe.Subscription): ComingChange | null {
  const [held] = pending?.subscription_items ?? []
  if (pending && held)
    return { kind: 'waits', at: fromUnix(pending.expires_at), ...priceOf(held.price) }
  if (!schedule || typeof schedule === 'string') return null
  const now = schedule.current_phase
  const next = now && schedule.phases.find(({ start_date: start }) => start >= now.end_date)
  const price = next?.items[0]?.price
  // A bare id, or a price that is gone, says nothing of the plan.
  if (!next || !price || typeof price === 'string' || price.deleted) return null
  return { kind: 'planned', at: fromUnix(next.start_date), ...priceOf(price) }
}

function priceOf({ id, lookup_key: lookupKey, metadata, recurring }: Stripe.Price) {
  const metadataTier = metadata.tier ?? null
  const price = { id, lookupKey, metadataTier, productMetadataTier: null }
  const interval = recurring && recordedInterval(recurring.interval, recurring.interval_count)
  return { price, interval }
}
