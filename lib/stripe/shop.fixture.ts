import { SMALL } from '@/lib/catalog/tiers.fixture'
import { personalWorkspaceOf } from '@/lib/workspaces/personal'
import { createCustomer } from './customers'
import { createPrice } from './prices'

/** The customer of a person's own workspace; the same one each time. */
export function customerOf(person: string) {
  const email = `${person}@example.com`
  const workspaceId = personalWorkspaceOf(person)
  return createCustomer({ workspaceId, email, name: 'Ada', env: 'test' })
}

/** A monthly price of a product, in cents. */
export function priceOf(productId: string, lookupKey: string, cents = 1900) {
  const amount = { amount: cents, currency: 'usd' }
  return createPrice({ productId, tier: SMALL, amount, interval: 'month', lookupKey, taxed: false })
}
