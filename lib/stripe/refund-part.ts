import type Stripe from 'stripe'
import { env } from '@/lib/env'
import type { InvoiceId } from '@/lib/ids'
import { callStripe } from './call'
import { APP } from './metadata'
import { leftOfCharge } from './refunds'
import { chargeBehind, listPaidPayments } from './reversals'

/** A payment that a part can go back of, in minor units. */
type Refundable = {
  invoice: InvoiceId
  payment: string
  charge: string
  left: number
  /** What went back of it under the same mark: another try of the same act. */
  sent: number
}

/** How much of what some invoices were paid with can go back, with what went back under this mark before. */
export async function refundableOf(invoices: readonly InvoiceId[], mark: string): Promise<number> {
  const all = await refundable(invoices, mark)
  return all.reduce((sum, { left, sent }) => sum + left + sent, 0)
}

/**
 * Sends back a part of what invoices were paid with, the newest first, the way it came. A second time under the same
 * mark it sends only what is missing.
 * @returns the refunds, `re_…`
 */
export async function refundPart(
  invoices: readonly InvoiceId[],
  { amount, mark }: { amount: number; mark: string },
): Promise<string[]> {
  const all = await refundable(invoices, mark)
  let rest = amount - all.reduce((sum, { sent }) => sum + sent, 0)
  const made: string[] = []
  for (const each of all) {
    const part = Math.min(each.left, rest)
    if (part <= 0) continue
    made.push(await send(each, part, mark))
    rest -= part
  }
  return made
}

async function refundable(invoices: readonly InvoiceId[], mark: string): Promise<Refundable[]> {
  const lists = await Promise.all(invoices.map((invoice) => paymentsOf(invoice, mark)))
  return lists.flat()
}

async function paymentsOf(invoice: InvoiceId, mark: string): Promise<Refundable[]> {
  const payments = await listPaidPayments(invoice)
  const found = await Promise.all(payments.map((each) => refundableIn(invoice, each, mark)))
  return found.filter((each) => each !== null)
}

// Money that came past Stripe does not go back that way, and what is disputed is with its bank.
async function refundableIn(
  invoice: InvoiceId,
  { id, payment, amount_paid: amount }: Stripe.InvoicePayment,
  mark: string,
): Promise<Refundable | null> {
  const charge = await chargeBehind(payment)
  if (!charge || charge.disputed || amount === null) return null
  const { data } = await callStripe((stripe) =>
    stripe.refunds.list({ charge: charge.id, limit: 100 }),
  )
  const sent = data
    .filter(({ metadata, status }) => metadata?.mark === mark && status !== 'failed')
    .reduce((sum, each) => sum + each.amount, 0)
  return { invoice, payment: id, charge: charge.id, left: leftOfCharge(charge, amount), sent }
}

async function send({ invoice, payment, charge }: Refundable, amount: number, mark: string) {
  const metadata = { app: APP, env: env().appEnv, canceled_invoice: invoice, mark }
  const { id } = await callStripe((stripe) =>
    stripe.refunds.create(
      { charge, amount, metadata },
      { idempotencyKey: `${mark}:${payment}:${amount}` },
    ),
  )
  return id
}
