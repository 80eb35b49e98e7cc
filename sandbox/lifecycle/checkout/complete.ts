import type Stripe from 'stripe'
import { optionalId } from '@/sandbox/ids'
import { type Collected, pay } from '@/sandbox/lifecycle/invoice/pay'
import { tellNewInvoice } from '@/sandbox/lifecycle/invoice/tell'
import { saveCard } from '@/sandbox/lifecycle/save-card'
import { createSubscription } from '@/sandbox/lifecycle/subscription/create'
import { newCustomer } from '@/sandbox/objects/customer'
import { newSetupIntent } from '@/sandbox/objects/setup-intent'
import type { CardBehaviour } from '@/sandbox/objects/test-cards'
import type { Settings } from '@/sandbox/settings'
import type { Tx } from '@/sandbox/store/transaction'
import { trialEndOf } from './amounts'
import { grantOfSession } from './discount'

/** A card that its bank has agreed to. */
export interface AcceptedCard {
  method: Stripe.PaymentMethod
  behaviour: CardBehaviour
}

/**
 * Finishes an open session: the customer, the card, the subscription and its paid first invoice all
 * come to be at once, and the events follow in the order in which Stripe was seen to send them.
 */
export function completeSession(
  tx: Tx,
  settings: Settings,
  sessionId: string,
  card: AcceptedCard | null,
  email: string | null,
) {
  const session = tx.edit('checkout.session', sessionId)
  const known = optionalId(session.customer)
  const customer = known ?? makeCustomer(tx, email ?? session.customer_email, card)
  const method = card && saveCard(tx, customer, card.method, card.behaviour)
  const terms = tx.get('checkout_terms', sessionId)
  const { subscription, invoice } = createSubscription(tx, settings, {
    customer,
    items: terms.lines,
    discounts: [grantOfSession(tx, session) ?? []].flat(),
    session: sessionId,
    trialEnd: trialEndOf(terms, tx.now),
    method,
    given: {
      metadata: { ...terms.subscription.metadata },
      description: terms.subscription.description,
      trial_settings: {
        end_behavior: {
          billing_cycle_anchor: null,
          missing_payment_method: terms.subscription.missingPaymentMethod,
        },
      },
    },
  })
  const free = invoice.amount_due === 0
  const setup = free && method ? setUp(tx, customer, method) : null
  const collected = pay(tx, invoice.id, method, { present: true, authenticated: true })
  if (subscription.status === 'incomplete') subscription.status = 'active'
  if (card) keepDetails(tx, customer, card, terms.keeps)
  closeSession(tx, session, card, {
    customer,
    subscription: subscription.id,
    invoice: invoice.id,
    free,
    processing: collected.processing === true,
  })
  tell(tx, {
    session: sessionId,
    customer,
    isNew: known === null,
    method,
    subscription: subscription.id,
    setup,
    collected,
  })
}

function makeCustomer(tx: Tx, email: string | null, card: AcceptedCard | null): string {
  const name = card?.method.billing_details.name ?? null
  return tx.insert('customer', newCustomer(tx.now, { email, name })).id
}

/** `customer_update` lets Checkout write what was typed to a customer that was there before. */
function keepDetails(
  tx: Tx,
  id: string,
  { method }: AcceptedCard,
  keeps: { name: boolean; address: boolean },
) {
  const customer = tx.edit('customer', id)
  if (keeps.name) customer.name = method.billing_details.name
  if (keeps.address) customer.address = method.billing_details.address
}

function setUp(tx: Tx, customer: string, method: string): string {
  const given = { customer, payment_method: method, status: 'succeeded' as const }
  return tx.insert('setup_intent', newSetupIntent(tx.now, given)).id
}

function closeSession(
  tx: Tx,
  session: Stripe.Checkout.Session,
  card: AcceptedCard | null,
  made: {
    customer: string
    subscription: string
    invoice: string
    free: boolean
    processing: boolean
  },
) {
  const customer = tx.get('customer', made.customer)
  session.status = 'complete'
  session.payment_status = made.free ? 'no_payment_required' : made.processing ? 'unpaid' : 'paid'
  session.url = null
  session.customer = made.customer
  session.subscription = made.subscription
  session.invoice = made.invoice
  session.customer_details = {
    address: card?.method.billing_details.address ?? customer.address ?? null,
    business_name: null,
    email: customer.email,
    individual_name: null,
    name: card?.method.billing_details.name ?? customer.name ?? null,
    phone: customer.phone ?? null,
    tax_exempt: 'none',
    tax_ids: [],
  }
}

interface Told {
  session: string
  customer: string
  isNew: boolean
  method: string | null
  subscription: string
  setup: string | null
  collected: Collected
}

function tell(tx: Tx, done: Told) {
  const { charge, intent } = done.collected
  if (done.setup) tx.emit('setup_intent.created', 'setup_intent', done.setup)
  if (done.setup) tx.emit('setup_intent.succeeded', 'setup_intent', done.setup)
  if (charge)
    tx.emit(done.collected.processing ? 'charge.pending' : 'charge.succeeded', 'charge', charge)
  if (done.method) tx.emit('payment_method.attached', 'payment_method', done.method)
  if (done.isNew) tx.emit('customer.created', 'customer', done.customer)
  tx.emit('checkout.session.completed', 'checkout.session', done.session)
  tx.emit('customer.updated', 'customer', done.customer)
  tx.emit('customer.subscription.created', 'subscription', done.subscription)
  if (intent) {
    const word = done.collected.processing ? 'processing' : 'succeeded'
    tx.emit(`payment_intent.${word}`, 'payment_intent', intent)
    tx.emit('payment_intent.created', 'payment_intent', intent)
  }
  tellNewInvoice(tx, done.collected)
}
