import { type Actor, workspaceIdOf } from '@/lib/audit/actor'
import { ACCESS_POLICY } from '@/lib/catalog/access-policy'
import { requirePlanAllowed } from '@/lib/entitlements/require-plan-allowed'
import { countRead } from '@/lib/redis/person-reads'
import { findOpenInvoice } from '@/lib/stripe/invoices'
import { chargeWith } from '@/lib/stripe/payments'
import { priceOfWay, type WayOn, wayOn } from '@/lib/stripe/way-on'
import { authorizeBilling } from '@/lib/workspaces/authorize'
import { carryOut } from './carry-out'
import { continuePlan } from './continue'
import { type Own, requireOwnSubscription } from './own-subscription'
import { chargeAll, type Paid } from './pay'
import { shownCharge } from './shown-charge'

// `not_shown`: something can be charged that the customer's page did not name, and it was not.
// `on_its_way`: a bank has an order to pay what is open, which is not charged to the card as well.
export type PutToUse = Paid | { kind: 'resumed' | 'not_shown' | 'on_its_way' }

/**
 * Puts the card that the customer has on file now to use: the plan is charged to it from now on, what is
 * open is paid with it at once, and a plan that was paused because there was none goes on. Stripe's own
 * page changes only what new plans are charged to. A second time changes nothing.
 * `shown` (`shownCharge`) is what its page named: nothing else is charged.
 * @throws {PaymentRequired} the bank said no, and why
 * @throws {Forbidden} an operator withholds plans from the workspace, and it is paused, or what is open would begin a
 *   plan; the card is kept
 * @throws {NotFound} there is no plan, or it has ended
 */
export async function putCardToUse(actor: Actor, shown: string | undefined): Promise<PutToUse> {
  await authorizeBilling(actor)
  const own = await requireOwnSubscription(actor)
  const { customerId, subscription } = own
  const card = subscription.paymentMethod.customers
  const open = await findOpenInvoice(subscription.id)
  if (card) await movePin(actor, own, card)
  const way = wayOn(subscription, own.billing.money, ACCESS_POLICY.pausedCollection)
  if (!open && !(card && way && goesOn(way, own))) return { kind: 'nothing_open' }
  if (open?.isProcessing) return { kind: 'on_its_way' }
  if (open) {
    if (shown !== shownCharge(open)) return { kind: 'not_shown' }
    return chargeAll(actor, customerId, [...(open.earlier ?? []), open])
  }
  if (!way) return { kind: 'nothing_open' }
  countRead()
  if (shown !== shownCharge(null, await priceOfWay(way, subscription))) return { kind: 'not_shown' }
  await requirePlanAllowed(workspaceIdOf(actor))
  await continuePlan(actor, chargedTo(card, own), way)
  return { kind: 'resumed' }
}

async function movePin(actor: Actor, { customerId, subscription }: Own, card: string) {
  const { id, paymentMethod } = subscription
  if (paymentMethod.own === null || paymentMethod.own === card) return
  const after = { subscription: id, paymentMethod: card }
  await carryOut(actor, customerId, { action: 'subscription.request_card', after }, () =>
    chargeWith(id, card),
  )
}

// What ends all the same is not charged for a period more.
function goesOn(way: WayOn, { subscription: { cancelAt, cancelAtPeriodEnd } }: Own): boolean {
  return way === 'resume' || (way === 'restart' && !cancelAt && !cancelAtPeriodEnd)
}

function chargedTo(card: string | null, { subscription, ...own }: Own): Own {
  const { paymentMethod } = subscription
  return {
    ...own,
    subscription: { ...subscription, paymentMethod: { ...paymentMethod, own: card } },
  }
}
