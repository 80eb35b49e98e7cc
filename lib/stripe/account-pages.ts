import type Stripe from 'stripe'
import {
  type CustomerId,
  parseCustomerId,
  parseSubscriptionId,
  type SubscriptionId,
} from '@/lib/ids'
import { callStripe } from './call'
import type { LabeledPrice } from './prices'
import { idOf } from './read'

/** A customer as an account that is taken over shows it: with whatever its former application wrote. */
export type ListedCustomer = {
  id: CustomerId
  livemode: boolean
  email: string | null
  metadata: Readonly<Record<string, string>>
}

/** What a customer subscribes to, as far as it says who would get which plan. */
export type ListedSubscription = {
  id: SubscriptionId
  customerId: CustomerId
  mark: { app: string | null; env: string | null }
  prices: (Omit<LabeledPrice, 'productMetadataTier'> & { productId: string })[]
}

export type CustomerPage = { customers: ListedCustomer[]; more: boolean }

export type LivingPage = {
  subscriptions: ListedSubscription[]
  /** The oldest of the page, living or not: what the next page begins after. */
  last: SubscriptionId | null
  more: boolean
}

/**
 * A hundred customers of the account, newest first. Stripe leaves out those that were deleted, and those on
 * test clocks.
 */
export async function listCustomerPage(after: CustomerId | null): Promise<CustomerPage> {
  const { data, has_more: more } = await callStripe((stripe) =>
    stripe.customers.list({ limit: 100, ...(after ? { starting_after: after } : {}) }),
  )
  const customers = data.map(({ id, livemode, email, metadata }) => {
    return { id: parseCustomerId(id), livemode, email, metadata }
  })
  return { customers, more }
}

/** A hundred subscriptions of the account, newest first; `subscriptions` are those of them that live. */
export async function listLivingPage(after: SubscriptionId | null): Promise<LivingPage> {
  const { data, has_more: more } = await callStripe((stripe) =>
    // Without a status Stripe leaves out those that were canceled.
    stripe.subscriptions.list({ limit: 100, ...(after ? { starting_after: after } : {}) }),
  )
  const last = data.at(-1)
  return {
    subscriptions: data.filter(lives).map(listed),
    last: last ? parseSubscriptionId(last.id) : null,
    more,
  }
}

function lives({ ended_at: endedAt, status }: Stripe.Subscription): boolean {
  // Its first payment was never made.
  return endedAt === null && status !== 'incomplete_expired'
}

function listed({ id, customer, metadata, items }: Stripe.Subscription): ListedSubscription {
  return {
    id: parseSubscriptionId(id),
    customerId: parseCustomerId(idOf(customer)),
    mark: { app: metadata.app ?? null, env: metadata.env ?? null },
    prices: items.data.map(({ price }) => ({
      id: price.id,
      lookupKey: price.lookup_key,
      metadataTier: price.metadata.tier ?? null,
      productId: String(idOf(price.product)),
    })),
  }
}
