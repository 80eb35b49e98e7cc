import { z } from 'zod'
import { type CheckoutSessionId, isSubscriptionId, type SubscriptionId } from '@/lib/ids'
import { store } from '@/lib/redis/client'
import type { Receipt } from '@/lib/stripe/checkout-session-snapshot'

// Seconds. When a customer reloads, or comes back in the evening, Stripe need not be asked again.
const KEPT = 12 * 60 * 60

/**
 * Remembers what a session that is paid for was paid with: at Stripe it never changes again. Without
 * the invoice's address, which opens it without signing in.
 */
export async function keepPayment(
  id: CheckoutSessionId,
  { receipt, subscriptionId }: KeptPayment,
): Promise<void> {
  const kept: Kept = { receipt: receipt && { ...receipt, invoiceUrl: null }, subscriptionId }
  await store().ask((redis) => redis.set(keyOf(id), kept, { ex: KEPT }))
}

/** What is remembered of a session that was paid for; null says nothing: Stripe has to be asked. */
export async function keptPayment(id: CheckoutSessionId): Promise<Kept | null> {
  const answer = await store().ask((redis) => redis.get(keyOf(id)))
  return answer.ok ? (Kept.safeParse(answer.value).data ?? null) : null
}

/** What a session was paid with, and the subscription that it began. */
export type KeptPayment = { receipt: Receipt | null; subscriptionId: SubscriptionId | null }

type Kept = z.infer<typeof Kept>

const money = z.object({ amount: z.number(), currency: z.string() })

const Kept = z.object({
  subscriptionId: z.custom<SubscriptionId>(isSubscriptionId).nullable(),
  receipt: z
    .object({
      total: money,
      paid: money,
      number: z.string().nullable(),
      invoiceUrl: z.null(),
      card: z.object({ brand: z.string(), last4: z.string() }).nullable(),
    })
    .nullable(),
})

const keyOf = (id: CheckoutSessionId) => `paid:${id}`
