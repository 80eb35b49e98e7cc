import type Stripe from 'stripe'
import { fromUnix } from '@/lib/clock'
import { env } from '@/lib/env'
import { type CheckoutSessionId, type CustomerId, parseCheckoutSessionId } from '@/lib/ids'
import type { Money } from '@/lib/money'
import { callStripe } from './call'
import { isForeign } from './foreign'
import { idOf } from './read'
import { stripeUrl } from './stripe-url'

/** A payment for credits, for which Stripe makes no invoice. */
export type CreditPayment = {
  id: CheckoutSessionId
  created: Date
  units: number
  /** After discounts and taxes. */
  total: Money
  /** How much of it went back. */
  refunded: Money
  // `processing`: a bank has an order and has not answered. `failed`: it said no. `free`: nothing was due.
  state: 'paid' | 'refunded' | 'processing' | 'failed' | 'free'
}

// More than a customer buys in years; a page of Stripe's has a hundred.
const MOST = 500

/** What a customer paid for credits, newest first. */
export async function listCreditPayments(customer: CustomerId): Promise<CreditPayment[]> {
  const sessions = await callStripe((stripe) =>
    stripe.checkout.sessions
      .list({
        customer,
        status: 'complete',
        limit: 100,
        expand: ['data.payment_intent.latest_charge'],
      })
      .autoPagingToArray({ limit: MOST }),
  )
  return sessions.flatMap((session) => payment(session) ?? [])
}

/**
 * Stripe's receipt of a customer's payment for credits; null where no money was charged, or it is another customer's.
 * @throws {NotFound} there is no such session
 */
export async function findCreditReceiptUrl(
  customer: CustomerId,
  id: CheckoutSessionId,
): Promise<string | null> {
  const session = await callStripe((stripe) =>
    stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent.latest_charge'] }),
  )
  if (idOf(session.customer) !== customer || !payment(session)) return null
  const charge = chargeOf(session)
  return charge?.paid ? stripeUrl(charge.receipt_url) : null
}

function payment(session: Stripe.Checkout.Session): CreditPayment | null {
  const { id, mode, status, amount_total: amount, currency, created } = session
  const { app = null, env: whose = null, credit_units: units } = session.metadata ?? {}
  if (mode !== 'payment' || status !== 'complete' || isForeign({ app, env: whose }, env().appEnv))
    return null
  if (!units || !/^[1-9]\d{0,6}$/.test(units) || amount === null || currency === null) return null
  const refunded = chargeOf(session)?.amount_refunded ?? 0
  return {
    ...{ id: parseCheckoutSessionId(id), created: fromUnix(created), units: Number(units) },
    ...{ total: { amount, currency }, refunded: { amount: refunded, currency } },
    state: stateOf(session),
  }
}

function stateOf(session: Stripe.Checkout.Session): CreditPayment['state'] {
  if (session.amount_total === 0 || session.payment_status === 'no_payment_required') return 'free'
  if (session.payment_status === 'paid') return chargeOf(session)?.refunded ? 'refunded' : 'paid'
  const { payment_intent: intent } = session
  // Once a bank has answered an order with no, Stripe waits for another way to pay.
  const waits = typeof intent !== 'object' || intent?.status === 'processing'
  return waits ? 'processing' : 'failed'
}

function chargeOf({ payment_intent: intent }: Stripe.Checkout.Session): Stripe.Charge | null {
  const charge = typeof intent === 'object' ? intent?.latest_charge : null
  return typeof charge === 'object' ? (charge ?? null) : null
}
