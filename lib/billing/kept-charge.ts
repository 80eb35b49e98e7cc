import { z } from 'zod'
import { type NextCharge, WITHOUT_CARD } from '@/lib/charge'
import type { SubscriptionId } from '@/lib/ids'
import { store } from '@/lib/redis/client'

// Seconds. What changes it at Stripe without an event of ours, such as an item that an operator adds to
// the next invoice, is seen after so long.
const KEPT = 5 * 60

/** A preview, or that nothing follows. */
export type Kept = { charge: NextCharge | null }

/** A subscription, and which read of Stripe our records of it are from: what was kept for another is not asked for. */
type Key = { subscriptionId: SubscriptionId; asOf: Date }

/** Spares Stripe the same question while nothing has changed. Without Redis it is asked, and says the same. */
export async function keepCharge(key: Key, kept: Kept): Promise<void> {
  await store().ask((redis) => redis.set(keyOf(key), kept, { ex: KEPT }))
}

/** What was kept; null says nothing: Stripe has to be asked. */
export async function keptCharge(key: Key): Promise<Kept | null> {
  const answer = await store().ask((redis) => redis.get(keyOf(key)))
  return answer.ok ? (KeptCharge.safeParse(answer.value).data ?? null) : null
}

const keyOf = ({ subscriptionId, asOf }: Key) => `next_charge:${subscriptionId}:${asOf.getTime()}`

const amount = z.number().int()
const words = z.string().nullable()

const PaidWith = z.union([
  z.object({
    ...{ kind: z.literal('card'), brand: z.string(), last4: z.string() },
    expiresAt: z.coerce.date().nullable(),
  }),
  z.object({ kind: z.literal('bank'), bank: words, last4: words }),
  z.object({ kind: z.literal('other'), type: z.string() }),
  z.object({ kind: z.literal('invoice') }),
])

const Charge: z.ZodType<NextCharge> = z.object({
  currency: z.string(),
  at: z.coerce.date(),
  lines: z.array(z.object({ text: words, amount, isProration: z.boolean() })),
  discounts: z.array(
    z.object({
      amount,
      name: words,
      percent: z.number().nullable(),
      lasts: z.union([z.enum(['once', 'forever']), z.object({ until: z.coerce.date() })]),
    }),
  ),
  tax: z.object({ added: amount, included: amount, isUnknown: z.boolean() }),
  total: amount,
  balance: amount,
  carried: amount,
  due: amount,
  paidWith: PaidWith.nullable(),
  change: z
    .object({
      kind: z.enum(['planned', 'waits']),
      at: z.coerce.date(),
      price: z.object({
        ...{ id: z.string(), lookupKey: words },
        ...{ metadataTier: words, productMetadataTier: words },
      }),
      interval: words,
    })
    .nullable(),
  withoutCard: z.enum(WITHOUT_CARD).nullable(),
  isDrafted: z.boolean(),
})

const KeptCharge = z.object({ charge: Charge.nullable() })
