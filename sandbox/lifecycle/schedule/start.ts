import type Stripe from 'stripe'
import { idOf, optionalId } from '@/sandbox/ids'
import type { Grant } from '@/sandbox/lifecycle/discount/grant'
import { createSubscription } from '@/sandbox/lifecycle/subscription/create'
import { newSchedule } from '@/sandbox/objects/subscription-schedule'
import type { Settings } from '@/sandbox/settings'
import type { Tx } from '@/sandbox/store/transaction'
import { phaseDiscounts } from './phase-discounts'
import { settingsOfPhase } from './phase-settings'

interface NewSchedule {
  customer: string
  phases: Stripe.SubscriptionSchedule.Phase[]
  given: Partial<Stripe.SubscriptionSchedule>
}

/** Writes a schedule for a customer. One whose first phase has begun makes its subscription at once. */
export function writeSchedule(
  tx: Tx,
  settings: Settings,
  { customer, phases, given }: NewSchedule,
  /** What else is to be known of it before it begins. */
  note: (schedule: Stripe.SubscriptionSchedule) => void,
): Stripe.SubscriptionSchedule {
  const testClock = optionalId(tx.get('customer', customer).test_clock)
  const plain = newSchedule(tx.now, { customer, subscription: null, phases, testClock })
  const schedule = tx.insert('subscription_schedule', { ...plain, ...given })
  note(schedule)
  if ((phases[0]?.start_date ?? tx.now) <= tx.now) begin(tx, settings, schedule)
  tx.emit('subscription_schedule.created', 'subscription_schedule', schedule.id)
  return schedule
}

/** The first day of a schedule has come: its subscription begins. */
export function startSchedule(tx: Tx, settings: Settings, id: string) {
  begin(tx, settings, tx.edit('subscription_schedule', id))
  tx.emit('subscription_schedule.updated', 'subscription_schedule', id)
}

/** The first invoice of such a subscription is a draft for an hour. */
function begin(tx: Tx, settings: Settings, schedule: Stripe.SubscriptionSchedule) {
  const [phase] = schedule.phases
  if (!phase) throw new TypeError(`Schedule ${schedule.id} has no phases.`)
  schedule.status = 'active'
  schedule.current_phase = { start_date: phase.start_date, end_date: phase.end_date }
  const { default_payment_method: method, ...taxes } = settingsOfPhase(schedule, phase)
  const { subscription, invoice } = createSubscription(tx, settings, {
    customer: idOf(schedule.customer),
    items: phase.items.map(({ price, quantity = 1, discounts, metadata }) => ({
      price: idOf(price),
      quantity,
      metadata: { ...metadata },
      discounts: newDiscounts(tx, discounts),
    })),
    discounts: newDiscounts(tx, phase.discounts),
    trialEnd: phase.trial_end,
    method: optionalId(method),
    currency: phase.currency,
    given: { ...taxes, metadata: { ...phase.metadata }, schedule: schedule.id },
    drafts: true,
  })
  schedule.subscription = subscription.id
  tx.emit('customer.updated', 'customer', idOf(schedule.customer))
  tx.emit('customer.subscription.created', 'subscription', subscription.id)
  tx.emit('invoice.created', 'invoice', invoice.id)
}

function newDiscounts(tx: Tx, asked: Stripe.SubscriptionSchedule.Phase.Discount[]): Grant[] {
  return phaseDiscounts(tx, [], asked).filter((entry) => typeof entry !== 'string')
}
