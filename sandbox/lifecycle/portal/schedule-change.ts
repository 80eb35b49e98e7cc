import type Stripe from 'stripe'
import { idOf } from '@/sandbox/ids'
import { periodFrom } from '@/sandbox/lifecycle/periods'
import { costOf } from '@/sandbox/lifecycle/price/cost'
import { recurring } from '@/sandbox/lifecycle/price/recurring'
import { nextPhase } from '@/sandbox/lifecycle/schedule/advance'
import { attachSchedule } from '@/sandbox/lifecycle/schedule/attach'
import { runningSchedule } from '@/sandbox/lifecycle/schedule/detach'
import { staying } from '@/sandbox/lifecycle/schedule/phase-discounts'
import { newPhase } from '@/sandbox/objects/subscription-schedule'
import type { Tx } from '@/sandbox/store/transaction'
import { planView } from './choices'
import type { PortalSubscription } from './portal-view'
import type { Visit } from './visit'

const DAYS = { day: 1, week: 7, month: 30, year: 365 } as Record<string, number>

/**
 * Whether the portal's configuration puts this change off to the period's end. Stripe does that
 * among prices of one product only; a change to another product happens at once.
 */
export function waitsForPeriodEnd(
  { configuration }: Visit,
  subscription: Readonly<Stripe.Subscription>,
  to: Readonly<Stripe.Price>,
): boolean {
  const { conditions } = configuration.features.subscription_update.schedule_at_period_end
  const from = subscription.items.data[0]?.price
  if (!from || idOf(from.product) !== idOf(to.product) || subscription.status !== 'active')
    return false
  return conditions.some(({ type }) =>
    type === 'shortening_interval' ? daysOf(to) < daysOf(from) : costOf(to, 1) < costOf(from, 1),
  )
}

/** Plans a change of price for the end of the current period. */
export function scheduleChange(
  tx: Tx,
  id: string,
  price: Readonly<Stripe.Price>,
  quantity: number,
) {
  const { id: schedule, phases } = attachSchedule(tx, id)
  const { discounts, items } = tx.get('subscription', id)
  const [item] = items.data
  const start = phases[0]?.end_date ?? tx.now
  const phase = newPhase({
    currency: price.currency,
    // The portal changes the plan and nothing else: what is taken off goes on.
    items: [{ price: price.id, quantity, discounts: staying(item?.discounts ?? []) }],
    discounts: staying(discounts),
    start,
    end: periodFrom(start, start, recurring(price)).end,
    proration: 'none',
  })
  tx.edit('subscription_schedule', schedule).phases.push(phase)
}

/** The change that waits for a subscription's period end; null when there is none. */
export function scheduledChange(
  tx: Tx,
  { id, currency }: Readonly<Stripe.Subscription>,
): PortalSubscription['scheduled'] {
  const schedule = runningSchedule(tx, id)
  const phase = schedule ? nextPhase(tx.get('subscription_schedule', schedule)) : undefined
  const [item] = phase?.items ?? []
  if (!phase || !item) return null
  const price = tx.get('price', idOf(item.price))
  return { plan: planView(tx, price, currency, item.quantity ?? 1), at: phase.start_date }
}

function daysOf(price: Readonly<Stripe.Price>): number {
  const { interval, interval_count } = recurring(price)
  return (DAYS[interval] ?? 365) * interval_count
}
