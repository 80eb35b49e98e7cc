import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { endpoint } from '@/sandbox/http/endpoint'
import { type Read, required } from '@/sandbox/http/rule'
import { hash, oneOf } from '@/sandbox/http/rules'
import { hasEnded } from '@/sandbox/lifecycle/subscription/period'

const FLEXIBLE = hash({ proration_discounts: oneOf('included') })

/** The `billing_mode` of a subscription that is created. */
export const BILLING_MODE = hash({
  type: required(oneOf('classic', 'flexible')),
  flexible: FLEXIBLE,
})

export const migrateSubscription = endpoint(
  'POST',
  '/v1/subscriptions/:id/migrate',
  {
    billing_mode: required(hash({ type: required(oneOf('flexible')), flexible: FLEXIBLE })),
  },
  ({ tx, id }) => {
    const subscription = tx.edit('subscription', id)
    if (hasEnded(subscription))
      throw ApiError.invalid(`A subscription that is ${subscription.status} cannot be migrated.`)
    if (isClassic(subscription)) {
      subscription.billing_mode = flexible(tx.now)
      tx.emit('customer.subscription.updated', 'subscription', id)
    }
    return subscription
  },
)

/** The fields of a subscription created now in the billing mode that is asked for. */
export function billingModeOf(
  now: number,
  asked: Read<{ mode: typeof BILLING_MODE }>['mode'],
): Pick<Stripe.Subscription, 'billing_mode'> {
  if (asked?.type !== 'classic') return { billing_mode: flexible(now) }
  if (asked.flexible)
    throw ApiError.invalid(
      'You may only pass billing_mode[flexible] when the type is flexible.',
      'billing_mode[flexible]',
    )
  return { billing_mode: { flexible: null, type: 'classic' } }
}

/** Refuses what only flexible billing can do. */
export function requireFlexible(subscription: Readonly<Stripe.Subscription>, what: string) {
  if (isClassic(subscription))
    throw ApiError.invalid(`${what} needs a subscription with \`billing_mode=flexible\`.`)
}

/** In classic billing all items of a subscription have one interval. */
export function requireOneInterval(
  { billing_mode }: Pick<Stripe.Subscription, 'billing_mode'>,
  prices: readonly Readonly<Stripe.Price>[],
) {
  const intervals = prices.map(
    ({ recurring }) => `${recurring?.interval_count} ${recurring?.interval}`,
  )
  if (billing_mode.type !== 'classic' || new Set(intervals).size <= 1) return
  throw ApiError.invalid(
    'In classic billing all prices of a subscription need the same interval.',
    'items',
  )
}

function isClassic({ billing_mode }: Readonly<Stripe.Subscription>): boolean {
  return billing_mode.type === 'classic'
}

function flexible(now: number): Stripe.Subscription.BillingMode {
  return { flexible: { proration_discounts: 'included' }, type: 'flexible', updated_at: now }
}
