import { optionalId } from '@/sandbox/ids'
import { chargeIntent } from '@/sandbox/lifecycle/payment/charge-intent'
import { saveCard } from '@/sandbox/lifecycle/save-card'
import { newPaymentIntent } from '@/sandbox/objects/payment-intent'
import { newSetupIntent } from '@/sandbox/objects/setup-intent'
import type { Tx } from '@/sandbox/store/transaction'
import type { AcceptedCard } from './accepted-card'
import { closeSession } from './close'
import { keepDetails, makeCustomer } from './keep-details'

/** Finishes a session that makes no subscription: one payment, or a card that is saved. */
export function completeOnce(
  tx: Tx,
  sessionId: string,
  card: AcceptedCard | null,
  email: string | null,
) {
  const session = tx.edit('checkout.session', sessionId)
  const terms = tx.get('checkout_terms', sessionId)
  const setup = session.mode === 'setup'
  const known = optionalId(session.customer)
  const address = email ?? session.customer_email
  const makes =
    known === null && (setup || terms.intent.makesCustomer || terms.intent.saves !== null)
  const customer = known ?? (makes ? makeCustomer(tx, address, card) : null)
  if (customer !== null && card) keepDetails(tx, customer, card, terms, known === null)
  const keeps = setup || terms.intent.saves !== null
  const method = card && saveCard(tx, keeps ? customer : null, card.method, card.behavior)
  const emitted: [type: string, kind: 'charge' | 'payment_intent' | 'setup_intent', id: string][] =
    []
  const made = setup
    ? saveOnly(tx, sessionId, customer, method, emitted)
    : takeOnce(tx, sessionId, customer, method, emitted)
  closeSession(tx, session, card, { customer, ...made }, address)
  for (const [type, kind, id] of emitted) tx.emit(type, kind, id)
  if (method && keeps && customer) tx.emit('payment_method.attached', 'payment_method', method)
  if (makes && customer) tx.emit('customer.created', 'customer', customer)
  else if (customer) tx.emit('customer.updated', 'customer', customer)
  tx.emit('checkout.session.completed', 'checkout.session', sessionId)
}

type Emitted = [type: string, kind: 'charge' | 'payment_intent' | 'setup_intent', id: string][]

function saveOnly(
  tx: Tx,
  session: string,
  customer: string | null,
  payment_method: string | null,
  emitted: Emitted,
) {
  const { description, metadata } = tx.get('checkout_terms', session).intent
  const given = { customer, description, metadata: { ...metadata }, payment_method }
  const intent = newSetupIntent(tx.now, { ...given, status: 'succeeded' })
  tx.insert('setup_intent', intent)
  emitted.push(['setup_intent.created', 'setup_intent', intent.id])
  emitted.push(['setup_intent.succeeded', 'setup_intent', intent.id])
  return { setup: intent.id, free: true, processing: false }
}

function takeOnce(
  tx: Tx,
  session: string,
  customer: string | null,
  method: string | null,
  emitted: Emitted,
) {
  const { amount_total, currency } = tx.get('checkout.session', session)
  if (!amount_total || method === null) return { free: true, processing: false }
  const { description, metadata, captures, saves } = tx.get('checkout_terms', session).intent
  const intent = tx.insert(
    'payment_intent',
    newPaymentIntent(tx.now, {
      amount: amount_total,
      capture_method: captures,
      currency: currency ?? 'usd',
      customer,
      description,
      metadata: { ...metadata },
      payment_details: { customer_reference: null, order_reference: session },
      setup_future_usage: saves,
    }),
  )
  const presence = { present: true, authenticated: true }
  const { charge, processing } = chargeIntent(tx, intent, method, presence, null)
  const word = processing ? 'pending' : 'succeeded'
  if (charge) emitted.push([`charge.${word}`, 'charge', charge])
  const status = intent.status === 'requires_capture' ? 'amount_capturable_updated' : intent.status
  emitted.push([`payment_intent.${status}`, 'payment_intent', intent.id])
  emitted.push(['payment_intent.created', 'payment_intent', intent.id])
  return { intent: intent.id, free: false, processing }
}
