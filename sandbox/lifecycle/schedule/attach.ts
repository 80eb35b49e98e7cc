import type Stripe from 'stripe'
import { idOf, optionalId } from '@/sandbox/ids'
import { nextBillingAt } from '@/sandbox/lifecycle/subscription/period'
import { newPhase, newSchedule } from '@/sandbox/objects/subscription-schedule'
import type { Tx } from '@/sandbox/store/transaction'
import { staying } from './phase-discounts'

/** Puts a subscription under a schedule whose one phase is its current period. */
export function attachSchedule(tx: Tx, id: string): Stripe.SubscriptionSchedule {
  const subscription = tx.edit('subscription', id)
  const phase = newPhase({
    currency: subscription.currency,
    items: subscription.items.data.map(({ price, quantity = 1, discounts, metadata }) => ({
      price: price.id,
      quantity,
      discounts: staying(discounts),
      metadata: { ...metadata },
    })),
    discounts: staying(subscription.discounts),
    start: Math.max(...subscription.items.data.map((item) => item.current_period_start)),
    end: nextBillingAt(subscription),
    trialEnd: subscription.status === 'trialing' ? subscription.trial_end : null,
    taxRates: subscription.default_tax_rates ?? [],
  })
  const schedule = newSchedule(tx.now, {
    customer: idOf(subscription.customer),
    subscription: id,
    phases: [phase],
    testClock: optionalId(subscription.test_clock),
  })
  // What the phases do not name stays as it is at this moment.
  schedule.default_settings.default_payment_method = optionalId(subscription.default_payment_method)
  schedule.default_settings.automatic_tax = { ...subscription.automatic_tax }
  tx.insert('subscription_schedule', schedule)
  subscription.schedule = schedule.id
  tx.emit('subscription_schedule.created', 'subscription_schedule', schedule.id)
  tx.emit('customer.subscription.updated', 'subscription', id)
  return schedule
}
