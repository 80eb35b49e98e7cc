import { optionalId } from '@/sandbox/ids'
import { emitNewInvoice } from '@/sandbox/lifecycle/invoice/emit'
import { type Collected, pay } from '@/sandbox/lifecycle/invoice/pay'
import { saveCard } from '@/sandbox/lifecycle/save-card'
import { createSubscription } from '@/sandbox/lifecycle/subscription/create'
import { newSetupIntent } from '@/sandbox/objects/setup-intent'
import type { Settings } from '@/sandbox/settings'
import type { Tx } from '@/sandbox/store/transaction'
import type { AcceptedCard } from './accepted-card'
import { closeSession, takeAmounts } from './close'
import { completeOnce } from './complete-once'
import { grantOfSession } from './discount'
import { keepDetails, makeCustomer } from './keep-details'
import { onceLine } from './once-line'
import { trialEndOf } from './trial-end'

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
  if (session.mode !== 'subscription') return completeOnce(tx, sessionId, card, email)
  const known = optionalId(session.customer)
  const customer = known ?? makeCustomer(tx, email ?? session.customer_email, card)
  const method = card && saveCard(tx, customer, card.method, card.behavior)
  const terms = tx.get('checkout_terms', sessionId)
  if (card) keepDetails(tx, customer, card, terms, known === null)
  const recurs = ({ price }: { price: string }) => tx.get('price', price).recurring !== null
  const { subscription, invoice } = createSubscription(tx, settings, {
    customer,
    items: terms.lines.filter(recurs).map(({ price, quantity, metadata, taxRates }) => ({
      price,
      quantity,
      metadata,
      tax_rates: taxRates.map((id) => structuredClone(tx.get('tax_rate', id))),
    })),
    discounts: [grantOfSession(tx, session) ?? []].flat(),
    session: sessionId,
    currency: session.currency ?? undefined,
    trialEnd: trialEndOf(terms, tx.now),
    anchor: terms.subscription.anchor,
    prorates: terms.subscription.prorates,
    extra: (made, invoiceId) =>
      terms.lines
        .filter((line) => !recurs(line))
        .map((line) => onceLine(tx, made, invoiceId, line)),
    method,
    given: {
      automatic_tax: {
        disabled_reason: null,
        enabled: terms.taxes.automatic,
        liability: terms.taxes.automatic ? { type: 'self' } : null,
      },
      default_tax_rates: terms.subscription.taxRates.map((id) =>
        structuredClone(tx.get('tax_rate', id)),
      ),
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
  const total = terms.taxes.automatic || terms.lines.some(({ taxRates }) => taxRates.length > 0)
  if (total) takeAmounts(session, invoice)
  closeSession(tx, session, card, {
    customer,
    subscription: subscription.id,
    invoice: invoice.id,
    free,
    processing: collected.processing === true,
  })
  emitCompletion(tx, {
    session: sessionId,
    customer,
    isNew: known === null,
    method,
    subscription: subscription.id,
    setup,
    collected,
  })
}

function setUp(tx: Tx, customer: string, method: string): string {
  const given = { customer, payment_method: method, status: 'succeeded' as const }
  return tx.insert('setup_intent', newSetupIntent(tx.now, given)).id
}

interface Completion {
  session: string
  customer: string
  isNew: boolean
  method: string | null
  subscription: string
  setup: string | null
  collected: Collected
}

function emitCompletion(tx: Tx, done: Completion) {
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
  emitNewInvoice(tx, done.collected)
}
