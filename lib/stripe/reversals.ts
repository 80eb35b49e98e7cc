import type Stripe from 'stripe'
import type { BilledInvoice, Reversal } from './billed-invoice'
import { callStripe } from './call'
import { idOf } from './read'

/**
 * The same invoices; those that were paid, and that are asked, say whether all of their money went back.
 * The money of a change of plan and that of its period go back each by itself.
 */
export async function withReversals(
  trail: readonly BilledInvoice[],
  isAsked: (invoice: BilledInvoice) => boolean = () => true,
): Promise<BilledInvoice[]> {
  return Promise.all(
    trail.map(async (each) =>
      each.status === 'paid' && each.paid > 0 && isAsked(each)
        ? { ...each, reversed: await reversalOf(each.id) }
        : each,
    ),
  )
}

async function reversalOf(invoice: string): Promise<Reversal | null> {
  const payments = await listPaidPayments(invoice)
  const charges = await Promise.all(payments.map(({ payment }) => chargeBehind(payment)))
  const ends = await Promise.all(charges.map((charge) => charge && endOf(charge)))
  // Several payments made one invoice: only when each of them went back did all of it.
  const [first] = ends
  return first && ends.every(Boolean) ? first : null
}

/** What an invoice was paid with. */
export function listPaidPayments(invoice: string): Promise<Stripe.InvoicePayment[]> {
  return callStripe((stripe) =>
    stripe.invoicePayments
      .list({ invoice, status: 'paid', limit: 100 })
      .autoPagingToArray({ limit: 1000 }),
  )
}

/** The disputes of a charge: hardly ever more than one. */
export async function listDisputes(charge: string): Promise<Stripe.Dispute[]> {
  const { data } = await callStripe((stripe) => stripe.disputes.list({ charge, limit: 10 }))
  return data
}

/** The charge that made a payment; null for money that came past Stripe: whether that went back cannot be known. */
export async function chargeBehind(payment: Stripe.InvoicePayment['payment']) {
  const [intent, charge] = [idOf(payment.payment_intent), idOf(payment.charge)]
  if (intent) return chargeOf(intent)
  return charge ? callStripe((stripe) => stripe.charges.retrieve(charge)) : null
}

async function chargeOf(intent: string): Promise<Stripe.Charge | null> {
  const { latest_charge: charge } = await callStripe((stripe) =>
    stripe.paymentIntents.retrieve(intent, { expand: ['latest_charge'] }),
  )
  return charge && typeof charge === 'object' ? charge : null
}

async function endOf({ id, refunded, disputed }: Stripe.Charge): Promise<Reversal | null> {
  // Stripe's own flag: true only once the whole of it was given back.
  if (refunded) return 'refunded'
  if (!disputed) return null
  const disputes = await listDisputes(id)
  return disputes.some(({ status }) => status === 'lost') ? 'dispute_lost' : null
}
