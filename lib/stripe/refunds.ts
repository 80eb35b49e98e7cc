import Stripe from 'stripe'
import { env } from '@/lib/env'
import type { InvoiceId } from '@/lib/ids'
import { callStripe } from './call'
import { APP } from './metadata'
import { idOf } from './read'
import { chargeBehind, listPaidPayments } from './reversals'

export type RefundSnapshot = {
  /** The whole of the charge has gone back, by this refund or with earlier ones. */
  wholeCharge: boolean
  /** We sent it, because it had come for a subscription that had ended. */
  isOfLateMoney: boolean
  /** With which the money had come. */
  paymentIntentId: string | null
}

/** @throws {NotFound} Stripe does not have it */
export async function retrieveRefund(id: string): Promise<RefundSnapshot> {
  const { charge, metadata, payment_intent } = await callStripe((stripe) =>
    stripe.refunds.retrieve(id, { expand: ['charge'] }),
  )
  return {
    wholeCharge: typeof charge === 'object' && charge?.refunded === true,
    isOfLateMoney: metadata?.late_invoice !== undefined,
    paymentIntentId: idOf(payment_intent),
  }
}

/** How much of what an invoice was paid with has not gone back yet, in its currency's minor unit. */
export async function leftOfInvoice(id: InvoiceId): Promise<number> {
  const left = await Promise.all((await listPaidPayments(id)).map(leftOf))
  return left.reduce((sum, each) => sum + each, 0)
}

/** Why money goes back: it came for what had ended, or its plan was ended early. */
type Why = 'late' | 'canceled'

/**
 * Sends back what an invoice was paid with, each payment the way it came, less what went back before. A second
 * time it sends nothing more. `whole`: all of it is on its way; `refused`: some is not, because it came past
 * Stripe, or is disputed. Neither: nothing was paid.
 */
export async function refundInvoice(
  id: InvoiceId,
  why: Why,
): Promise<{ refunds: string[]; whole: boolean; refused: boolean }> {
  const payments = await listPaidPayments(id)
  const sent = await Promise.all(payments.map((payment) => refund(payment, id, why)))
  const refunds = sent.flatMap((each) => (each && each !== ALREADY ? [each] : []))
  const refused = sent.includes(null)
  return { refunds, whole: sent.length > 0 && !refused, refused }
}

// Nothing of money that came past Stripe: it does not go back that way.
async function leftOf({ payment, amount_paid: amount }: Stripe.InvoicePayment): Promise<number> {
  const charge = await chargeBehind(payment)
  return charge ? leftOfCharge(charge, amount ?? 0) : 0
}

/** How much of a payment has not gone back of its charge yet, in minor units. */
export function leftOfCharge({ amount, amount_refunded: back }: Stripe.Charge, paid: number) {
  return Math.min(paid, amount - back)
}

// Stripe keeps an idempotency key for a day at least; after that a whole refund refuses another.
const ALREADY = 'charge_already_refunded'

async function refund(
  paid: Stripe.InvoicePayment,
  invoice: InvoiceId,
  why: Why,
): Promise<string | null> {
  const { id, payment, amount_paid: amount } = paid
  const about = { payment_intent: idOf(payment.payment_intent), charge: idOf(payment.charge) }
  const which = about.payment_intent
    ? { payment_intent: about.payment_intent }
    : about.charge && { charge: about.charge }
  if (!which || amount === null) return null
  const send = (sum: number, key: string) =>
    create({ ...which, amount: sum }, { invoice, why, key })
  const sent = await send(amount, `${why}:${id}`)
  if (sent !== null) return sent
  // Stripe refuses more than what is left of a charge, whole.
  const left = await leftOf(paid)
  if (left === 0) return ALREADY
  return left < amount ? send(left, `${why}:${id}:${left}`) : null
}

function create(
  what: Pick<Stripe.RefundCreateParams, 'payment_intent' | 'charge' | 'amount'>,
  { invoice, why, key }: { invoice: InvoiceId; why: Why; key: string },
): Promise<string | null> {
  return callStripe(async (stripe) => {
    try {
      const made = await stripe.refunds.create(
        {
          ...what,
          metadata: { app: APP, env: env().appEnv, [`${why}_invoice`]: invoice },
        },
        { idempotencyKey: key },
      )
      return made.id
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error
      return error.code === ALREADY ? ALREADY : null
    }
  })
}
