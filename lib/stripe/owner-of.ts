import type Stripe from 'stripe'
import { NotFound } from '@/lib/errors'
import { callStripe } from './call'
import { idOf } from './read'

/** Whether Stripe can be asked whose customer an id of this kind is about. */
export function hasOwner(id: string): boolean {
  return askerOf(id) !== undefined
}

/** The customer behind an object of Stripe's, by its id; null where there is none, or Stripe does not have it. */
export async function customerBehind(id: string): Promise<string | null> {
  const ask = askerOf(id)
  if (!ask) return null
  try {
    return await callStripe((stripe) => ask(stripe, id))
  } catch (error) {
    if (error instanceof NotFound) return null
    throw error
  }
}

type Ask = (stripe: Stripe, id: string) => Promise<string | null>

/** How many reads that takes at most. */
export function readsBehind(id: string): number {
  // What money did leads to a refund or a dispute, that to its charge, and only that to its customer.
  if (/^txn_/.test(id)) return 3
  return /^(re|pyr|dp|du|si|issfr|inpay)_/.test(id) ? 2 : 1
}

const ofCharge: Ask = async (stripe, id) => idOf((await stripe.charges.retrieve(id)).customer)
const ofInvoice: Ask = async (stripe, id) => idOf((await stripe.invoices.retrieve(id)).customer)
// Stripe reads cards and sources from before PaymentMethods as such.
const ofMethod: Ask = async (stripe, id) =>
  idOf((await stripe.paymentMethods.retrieve(id)).customer)

// A refund, a dispute and a warning know their charge, and only that knows its customer.
const behindCharge = (stripe: Stripe, charge: string | { id: string } | null) => {
  const id = idOf(charge)
  return id === null ? Promise.resolve(null) : ofCharge(stripe, id)
}
const ofRefund: Ask = async (stripe, id) =>
  behindCharge(stripe, (await stripe.refunds.retrieve(id)).charge)
const ofDispute: Ask = async (stripe, id) =>
  behindCharge(stripe, (await stripe.disputes.retrieve(id)).charge)

const ASKS: Readonly<Record<string, Ask>> = {
  sub: async (stripe, id) => idOf((await stripe.subscriptions.retrieve(id)).customer),
  sub_sched: async (stripe, id) => idOf((await stripe.subscriptionSchedules.retrieve(id)).customer),
  in: ofInvoice,
  ii: async (stripe, id) => idOf((await stripe.invoiceItems.retrieve(id)).customer),
  cn: async (stripe, id) => idOf((await stripe.creditNotes.retrieve(id)).customer),
  // A payment of an invoice knows its invoice alone.
  inpay: async (stripe, id) => {
    const invoice = idOf((await stripe.invoicePayments.retrieve(id)).invoice)
    return invoice === null ? null : ofInvoice(stripe, invoice)
  },
  pi: async (stripe, id) => idOf((await stripe.paymentIntents.retrieve(id)).customer),
  seti: async (stripe, id) => idOf((await stripe.setupIntents.retrieve(id)).customer),
  cs: async (stripe, id) => idOf((await stripe.checkout.sessions.retrieve(id)).customer),
  pm: ofMethod,
  card: ofMethod,
  src: ofMethod,
  ch: ofCharge,
  // What did not come from a card, and its refund.
  py: ofCharge,
  pyr: ofRefund,
  re: ofRefund,
  dp: ofDispute,
  // How disputes are called since 2023.
  du: ofDispute,
  issfr: async (stripe, id) =>
    behindCharge(stripe, (await stripe.radar.earlyFraudWarnings.retrieve(id)).charge),
  // What moved the balance leads to the charge, the refund or the dispute that moved it.
  txn: async (stripe, id) => {
    const source = idOf((await stripe.balanceTransactions.retrieve(id)).source)
    return source === null ? null : ((await askerOf(source)?.(stripe, source)) ?? null)
  },
  // Whose alone it is, where it is someone's alone.
  promo: async (stripe, id) => idOf((await stripe.promotionCodes.retrieve(id)).customer),
  txi: async (stripe, id) => idOf((await stripe.taxIds.retrieve(id)).customer),
  // An item knows its subscription alone.
  si: async (stripe, id) => {
    const { subscription } = await stripe.subscriptionItems.retrieve(id)
    return idOf((await stripe.subscriptions.retrieve(subscription)).customer)
  },
}

function askerOf(id: string): Ask | undefined {
  const [first = '', second = ''] = id.split('_')
  const prefix = [`${first}_${second}`, first].find((each) => Object.hasOwn(ASKS, each))
  return prefix === undefined ? undefined : ASKS[prefix]
}
