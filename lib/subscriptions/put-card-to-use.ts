import type { Actor } from '@/lib/audit/actor'
import { findOpenInvoice } from '@/lib/stripe/invoices'
import { resumePaused } from '@/lib/stripe/pauses'
import { chargeWith } from '@/lib/stripe/payments'
import { carryOut } from './carry-out'
import { type Own, requireOwnSubscription } from './own-subscription'
import { charge, type Paid } from './pay'

/**
 * Puts the card that the customer has on file now to use: the plan is charged to it from now on, what is
 * open is paid with it at once, and a plan that was paused because there was none goes on. Stripe's own
 * page changes only what new plans are charged to. A second time changes nothing.
 * @throws {PaymentRequired} the bank said no, and why
 * @throws {NotFound} there is no plan, or it has ended
 */
export async function putCardToUse(actor: Actor): Promise<Paid | { kind: 'resumed' }> {
  const own = await requireOwnSubscription(actor)
  const { customerId, subscription } = own
  const card = subscription.paymentMethod.customers
  const open = await findOpenInvoice(subscription.id)
  if (card) await movePin(actor, own, card)
  if (open) return charge(actor, customerId, open)
  if (!card || subscription.status !== 'paused') return { kind: 'nothing_open' }
  const after = { subscription: subscription.id }
  await carryOut(actor, customerId, { action: 'subscription.request_resume', after }, () =>
    resumePaused(subscription.id),
  )
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
