import { findOpenMove } from '@/db/queries/price-moves'
import type { Actor } from '@/lib/audit/actor'
import { ACCESS_POLICY } from '@/lib/catalog/access-policy'
import { PaymentRequired } from '@/lib/errors'
import { leave } from '@/lib/price-moves/carry-out'
import { countRead } from '@/lib/redis/person-reads'
import { latestChargeOf } from '@/lib/stripe/charges'
import { retrieveManaged } from '@/lib/stripe/managed-subscription'
import {
  pauseCollection,
  restartPeriod,
  resumePaused,
  unpauseCollection,
} from '@/lib/stripe/pauses'
import { releaseSchedule } from '@/lib/stripe/schedules'
import { type WayOn, wayOn } from '@/lib/stripe/way-on'
import { carryOut } from './carry-out'
import type { Own } from './own-subscription'

/**
 * Lets a plan go on, in the way that it takes: what is charged is charged first, and where the bank says no the plan
 * is as it was. What may be charged has been agreed to.
 * @throws {PaymentRequired} the bank said no
 */
export async function continuePlan(actor: Actor, own: Own, way: WayOn): Promise<void> {
  const { customerId, subscription } = own
  const after = { subscription: subscription.id, way }
  await carryOut(actor, customerId, { action: 'subscription.request_resume', after }, async () => {
    if (way === 'restart') return restart(actor, own)
    if (subscription.pause) await unpauseCollection(subscription.id)
    if (way === 'resume') await resumePaused(subscription.id)
  })
}

// While collection is paused, Stripe would let the invoice of the new period pass as well.
async function restart(actor: Actor, own: Own): Promise<void> {
  const { id, pause, scheduleId } = own.subscription
  const key = await findKey(own)
  if (!key) return
  if (scheduleId) await letGo(actor, own, scheduleId)
  if (pause) await unpauseCollection(id)
  try {
    await restartPeriod(id, key)
  } catch (error) {
    if (pause && error instanceof PaymentRequired) await pauseCollection(id, pause)
    throw error
  }
}

// Two presses begin one period. The charge is read first: who read it before the other press was paid has its key, and
// who read it after sees below that nothing is left to do. After a refusal the newest charge is another, or the card,
// so that it can be tried again.
async function findKey({ customerId, billing, subscription }: Own): Promise<string | null> {
  const charge = await latestChargeOf(customerId)
  countRead()
  const now = await retrieveManaged(subscription.id)
  if (wayOn(now, billing.money, ACCESS_POLICY.pausedCollection) !== 'restart') return null
  const { own, customers } = subscription.paymentMethod
  return `${now.latestInvoiceId}:${own ?? customers}:${charge}`
}

// What was planned has begun with the period that was let pass, and Stripe begins none anew beside a schedule.
async function letGo(actor: Actor, { subscription }: Own, scheduleId: string): Promise<void> {
  const move = await findOpenMove(subscription.id)
  await releaseSchedule(scheduleId)
  if (move?.scheduleId === scheduleId) await leave(actor, move, 'resumed')
}
