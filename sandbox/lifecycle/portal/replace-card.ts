import { newId } from '@/sandbox/ids'
import { checkCard, normalized } from '@/sandbox/lifecycle/card-check'
import type { CardForm } from '@/sandbox/lifecycle/card-form'
import type { AcceptedCard } from '@/sandbox/lifecycle/checkout/accepted-card'
import { declined, firstDecline } from '@/sandbox/lifecycle/checkout/attempt'
import type { PaymentResult } from '@/sandbox/lifecycle/payment-result'
import { saveCard } from '@/sandbox/lifecycle/save-card'
import { hasEnded } from '@/sandbox/lifecycle/subscription/period'
import { newMethod } from '@/sandbox/objects/payment-method'
import { newSetupIntent } from '@/sandbox/objects/setup-intent'
import { behaviorOf } from '@/sandbox/objects/test-cards'
import type { Sandbox } from '@/sandbox/sandbox'
import type { Tx } from '@/sandbox/store/transaction'
import { requireFeature, visit } from './visit'

/** Saves another card and charges everything to it from now on. */
export function replaceCard(sandbox: Sandbox, token: string, form: CardForm): PaymentResult {
  return sandbox.changeFor(token, (tx) => {
    const guest = visit(tx, token)
    requireFeature(guest, 'payment_method_update')
    const card = normalized(form)
    const behavior = behaviorOf(card.number)
    const decline = checkCard(card, tx.now) ?? firstDecline(behavior, 0)
    if (decline && decline.code !== 'authentication_required') return declined(decline)
    const method = newMethod(tx.now, card)
    if (!decline) return adoptCard(tx, token, { method, behavior })
    const id = newId('payatt')
    const currency = guest.customer.currency ?? 'usd'
    const purpose = { kind: 'portal' as const, token }
    tx.insert('challenge', {
      id,
      purpose,
      paymentMethod: method,
      behavior,
      amount: 0,
      currency,
      answered: false,
    })
    return { kind: 'requires_action', challenge: id }
  })
}

/** Attaches an accepted card, and makes it the default of the customer and of their subscriptions. */
export function adoptCard(tx: Tx, token: string, card: AcceptedCard): PaymentResult {
  const { customer } = visit(tx, token)
  const method = saveCard(tx, customer.id, card.method, card.behavior)
  const intent = newSetupIntent(tx.now, {
    customer: customer.id,
    payment_method: method,
    status: 'succeeded',
  })
  tx.insert('setup_intent', intent)
  tx.edit('customer', customer.id).invoice_settings.default_payment_method = method
  tx.emit('setup_intent.created', 'setup_intent', intent.id)
  tx.emit('payment_method.attached', 'payment_method', method)
  tx.emit('setup_intent.succeeded', 'setup_intent', intent.id)
  tx.emit('customer.updated', 'customer', customer.id)
  for (const row of tx.by('subscription', 'customer', customer.id)) {
    if (hasEnded(row) || !row.default_payment_method) continue
    tx.edit('subscription', row.id).default_payment_method = method
    tx.emit('customer.subscription.updated', 'subscription', row.id)
  }
  return { kind: 'complete', redirect: `/p/session/${token}` }
}
