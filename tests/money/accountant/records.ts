import type Stripe from 'stripe'
import type { AccessPolicy } from '@/lib/catalog/access-policy'
import type { Person } from '@/tests/money/person'
import { type Cash, cashIn } from './cash'
import { realShares } from './real-share'
import type { Tier } from './tier'

/** What an account knows of one subscription and its money, before any rule is applied to it. */
export type Records = Cash & {
  subscription: Readonly<Stripe.Subscription>
  /** In the order in which they were made. */
  invoices: readonly Readonly<Stripe.Invoice>[]
  tierOf(price: string): Tier
  /** What one of it costs for a whole interval, in minor units. */
  unitOf(price: string): number
  recurrenceOf(price: string): Stripe.Price.Recurring | null
  /** Whether the money of an invoice went back in a way that takes back what it paid for. */
  isTakenBack(invoice: string): boolean
  /** Which part of what an invoice asked for is really there, from 0 to 1. */
  shareOf(invoice: string): number
  /** When failures of an invoice made the subscription past due, the first first. Unix seconds. */
  failuresOf(invoice: string): readonly number[]
}

/** The records of every subscription of a customer, the oldest first. */
export function recordsOf(
  { account, customer, decided }: Person,
  { fullRefund, lostDispute }: AccessPolicy,
): Records[] {
  const { store } = account.sandbox
  const cash = cashIn(store, customer, decided.offStripe)
  const isTakenBack = (invoice: string) => {
    const how = cash.wentBack(invoice)
    return how !== null && (how === 'refunded' ? fullRefund : lostDispute) === 'end'
  }
  const shares = realShares(store.by('invoice', 'customer', customer), {
    ...cash,
    isTakenBack,
  })
  return store.by('subscription', 'customer', customer).map((subscription) => ({
    ...cash,
    isTakenBack,
    subscription,
    invoices: store.by('invoice', 'subscription', subscription.id),
    tierOf: (price) => tierIn(store.find('price', price)?.metadata.tier),
    unitOf: (price) => store.find('price', price)?.unit_amount ?? 0,
    recurrenceOf: (price) => store.find('price', price)?.recurring ?? null,
    shareOf: (invoice) => shares.get(invoice) ?? 0,
    failuresOf: (invoice) => account.failures.get(invoice) ?? [],
  }))
}

function tierIn(word: string | undefined): Tier {
  return word === 'pro' || word === 'studio' ? word : 'free'
}
