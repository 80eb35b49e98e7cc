import { type Actor, workspaceIdOf } from '@/lib/audit/actor'
import { ACCESS_POLICY } from '@/lib/catalog/access-policy'
import { requirePlanAllowed } from '@/lib/entitlements/require-plan-allowed'
import { Conflict } from '@/lib/errors'
import { countRead } from '@/lib/redis/person-reads'
import { priceOfWay, type WayOn, wayOn } from '@/lib/stripe/way-on'
import { authorizeBilling } from '@/lib/workspaces/authorize'
import { continuePlan } from './continue'
import { type Own, requireOwnSubscription } from './own-subscription'
import { readShown, shownCharge } from './shown-charge'

/**
 * Ends a pause of the actor's plan, of whichever kind. Before what is paid for ends nothing is charged by that. After
 * it, and for what is paused by its status, a new period begins, which is charged over the amount that the page showed.
 * Where nothing is paused, and no pause left a period unpaid, it changes nothing.
 * @param shown what the page's form says of it (`shownCharge`)
 * @throws {Forbidden} something is to be charged, and an operator withholds plans from the workspace
 * @throws {Conflict} there is nothing to charge, no amount was shown or it is another by now, or the plan is to end
 * @throws {PaymentRequired} the bank said no, and it stays paused
 * @throws {NotFound} there is no plan, or it has ended
 */
export async function resumeSubscription(actor: Actor, shown: string | undefined): Promise<void> {
  await authorizeBilling(actor)
  const own = await requireOwnSubscription(actor)
  const way = wayOn(own.subscription, own.billing.money, ACCESS_POLICY.pausedCollection)
  if (!way) return
  if (way !== 'unpause' && !(await isAgreed(actor, own, way, shown))) {
    // Another press of the same button has paid meanwhile: then nothing is left to do.
    const { billing, subscription } = await requireOwnSubscription(actor)
    if (wayOn(subscription, billing.money, ACCESS_POLICY.pausedCollection) === null) return
    throw new Conflict('amount_changed')
  }
  await continuePlan(actor, own, way)
}

async function isAgreed(
  actor: Actor,
  own: Own,
  way: WayOn,
  shown: string | undefined,
): Promise<boolean> {
  const { paymentMethod, cancelAt, cancelAtPeriodEnd } = own.subscription
  // It would be charged for a new period of what it does not get.
  await requirePlanAllowed(workspaceIdOf(actor))
  if (!paymentMethod.own && !paymentMethod.customers) throw new Conflict('no_payment_method')
  // It would be charged for a whole period, and end all the same.
  if (way === 'restart' && (cancelAt || cancelAtPeriodEnd)) throw new Conflict('plan_is_ending')
  // It can cost another amount than when the page was opened: a discount, credit or tax has come or gone.
  const agreed = readShown(shown)
  if (!agreed) throw new Conflict('amount_not_shown')
  countRead()
  return agreed === shownCharge(null, await priceOfWay(way, own.subscription))
}
