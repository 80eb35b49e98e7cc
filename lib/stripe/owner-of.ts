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
  // A refund, a dispute and an item lead to another object, and only that to its customer.
  return /^(re|dp|du|si)_/.test(id) ? 2 : 1
}

const ofCharge: Ask = async (stripe, id) => idOf((await stripe.charges.retrieve(id)).customer)

// A refund and a dispute know their charge, and only that knows its customer.
const behindCharge = (stripe: Stripe, charge: string | { id: string } | null) => {
  const id = idOf(charge)
  return id === null ? Promise.resolve(null) : ofCharge(stripe, id)
}

const ASKS: Readonly<Record<string, Ask>> = {
  sub: async (stripe, id) => idOf((await stripe.subscriptions.retrieve(id)).customer),
  in: async (stripe, id) => idOf((await stripe.invoices.retrieve(id)).customer),
  pi: async (stripe, id) => idOf((await stripe.paymentIntents.retrieve(id)).customer),
  cs: async (stripe, id) => idOf((await stripe.checkout.sessions.retrieve(id)).customer),
  pm: async (stripe, id) => idOf((await stripe.paymentMethods.retrieve(id)).customer),
  ch: ofCharge,
  // What did not come from a card.
  py: ofCharge,
  re: async (stripe, id) => behindCharge(stripe, (await stripe.refunds.retrieve(id)).charge),
  dp: async (stripe, id) => behindCharge(stripe, (await stripe.disputes.retrieve(id)).charge),
  // How disputes are called since 2023.
  du: async (stripe, id) => behindCharge(stripe, (await stripe.disputes.retrieve(id)).charge),
  // An item knows its subscription alone.
  si: async (stripe, id) => {
    const { subscription } = await stripe.subscriptionItems.retrieve(id)
    return idOf((await stripe.subscriptions.retrieve(subscription)).customer)
  },
}

function askerOf(id: string): Ask | undefined {
  const [prefix = ''] = id.split('_')
  return Object.hasOwn(ASKS, prefix) ? ASKS[prefix] : undefined
}
