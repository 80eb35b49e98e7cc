import type Stripe from 'stripe'
import { callStripe } from './call'
import { idOf } from './read'
import { chargeBehind, listDisputes } from './reversals'

/** What became of the money of an invoice after it was paid, in minor units of its currency. */
export type GivenBack = {
  /** Sent back: the way it came, or past Stripe. */
  refunded: number
  /** Put to the customer's credit by a credit note. */
  credited: number
  /** Taken back by a bank that decided a dispute against us. */
  takenBack: number
  /** Disputed at a bank, which has not decided. */
  disputed: number
}

export const NOTHING_BACK: GivenBack = { refunded: 0, credited: 0, takenBack: 0, disputed: 0 }

// Pages of a hundred. What lies further back is asked for one by one.
const MOST_CHARGES = 300

/**
 * For each of a customer's invoices, by id, what went back of its money; only those of which something did. They were
 * read with their payments.
 */
export async function givenBackOf(
  customer: string,
  invoices: readonly Stripe.Invoice[],
): Promise<ReadonlyMap<string, GivenBack>> {
  const paid = invoices.filter(({ status, amount_paid: amount }) => status === 'paid' && amount > 0)
  const charges = paid.length > 0 ? await chargesOf(customer, paid) : []
  const found = await Promise.all(paid.map((invoice) => backOf(invoice, charges)))
  return new Map(found.flatMap((back, n) => (back ? [[paid[n]?.id ?? '', back] as const] : [])))
}

// A charge is made after its invoice.
function chargesOf(customer: string, paid: readonly Stripe.Invoice[]): Promise<Stripe.Charge[]> {
  const gte = Math.min(...paid.map(({ created }) => created))
  return callStripe((stripe) =>
    stripe.charges
      .list({ customer, created: { gte }, limit: 100 })
      .autoPagingToArray({ limit: MOST_CHARGES }),
  )
}

async function backOf(
  invoice: Stripe.Invoice,
  charges: readonly Stripe.Charge[],
): Promise<GivenBack | null> {
  const payments = (invoice.payments?.data ?? []).filter(({ status }) => status === 'paid')
  const [own, notes] = await Promise.all([
    Promise.all(payments.map(({ payment }) => chargeOf(payment, charges))),
    invoice.post_payment_credit_notes_amount > 0 ? creditedBy(String(invoice.id)) : null,
  ])
  const made = own.filter((charge) => charge !== null)
  const refunded = made.reduce((sum, { amount_refunded: amount }) => sum + amount, 0)
  const disputes = await Promise.all(
    made.filter(({ disputed }) => disputed).map(({ id }) => listDisputes(id)),
  )
  const sums = disputes.flat().reduce(withDispute, { takenBack: 0, disputed: 0 })
  const { credited, elsewhere } = notes ?? { credited: 0, elsewhere: 0 }
  const back = { refunded: refunded + elsewhere, credited, ...sums }
  return Object.values(back).some((amount) => amount > 0) ? back : null
}

async function chargeOf(
  payment: Stripe.InvoicePayment.Payment,
  charges: readonly Stripe.Charge[],
): Promise<Stripe.Charge | null> {
  const [intent, id] = [idOf(payment.payment_intent), idOf(payment.charge)]
  const known = charges.find(
    (each) => each.paid && (each.id === id || (intent && idOf(each.payment_intent) === intent)),
  )
  if (known || charges.length < MOST_CHARGES) return known ?? null
  return chargeBehind(payment)
}

// Decided for us, or closed before it was one, is nothing that a customer has to hear of.
const OVER: readonly string[] = [
  'won',
  'warning_closed',
  'prevented',
] satisfies readonly Stripe.Dispute.Status[]

function withDispute(
  sums: Pick<GivenBack, 'takenBack' | 'disputed'>,
  { status, amount }: Stripe.Dispute,
) {
  if (status === 'lost') return { ...sums, takenBack: sums.takenBack + amount }
  return OVER.includes(status) ? sums : { ...sums, disputed: sums.disputed + amount }
}

// What a note sent back to a card is in the refunds of its charge.
async function creditedBy(invoice: string) {
  const { data } = await callStripe((stripe) => stripe.creditNotes.list({ invoice, limit: 100 }))
  const issued = data.filter(({ status }) => status === 'issued')
  return issued.reduce(
    (sum, note) => {
      const refunded = note.refunds.reduce((all, each) => all + each.amount_refunded, 0)
      const elsewhere = note.out_of_band_amount ?? 0
      const credited = (note.post_payment_amount ?? 0) - refunded - elsewhere
      return { credited: sum.credited + credited, elsewhere: sum.elsewhere + elsewhere }
    },
    { credited: 0, elsewhere: 0 },
  )
}
