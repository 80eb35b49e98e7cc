import type Stripe from 'stripe'
import { idOf, newId } from '@/sandbox/ids'
import type { Outcome, Tx } from '@/sandbox/store/transaction'

// The statuses in which what was bought can be used.
const ENTITLED = new Set(['active', 'trialing', 'past_due'])

/**
 * Brings customers' entitlements up to date with what a transaction did, and emits an event for
 * each set that changed.
 */
export function followEntitlements(tx: Tx, { happenings }: Outcome) {
  const kinds = new Set(['subscription', 'product_feature'])
  const about = happenings.filter(({ kind }) => kinds.has(kind))
  if (about.length === 0 || !tx.oldest('product_feature')) return
  const allCustomers = about.some(({ kind }) => kind === 'product_feature')
  const touched = allCustomers
    ? tx.all('subscription')
    : about.flatMap(({ id }) => tx.find('subscription', id) ?? [])
  for (const customer of new Set(touched.map((row) => idOf(row.customer)))) follow(tx, customer)
}

/** What a customer is entitled to now. */
export function entitlementsOf(tx: Tx, customer: string): Stripe.Entitlements.ActiveEntitlement[] {
  return tx.find('entitlement_set', customer)?.entitlements ?? []
}

function follow(tx: Tx, customer: string) {
  const before = entitlementsOf(tx, customer)
  const wanted = featuresOf(tx, customer)
  const after = wanted.map(
    (feature) => before.find((row) => row.feature === feature.id) ?? entitlement(feature),
  )
  if (after.length === before.length && after.every((row) => before.includes(row))) return
  if (tx.find('entitlement_set', customer))
    tx.edit('entitlement_set', customer).entitlements = after
  else tx.insert('entitlement_set', { id: customer, entitlements: after })
  tx.emit('entitlements.active_entitlement_summary.updated', 'entitlement_set', customer)
}

function featuresOf(tx: Tx, customer: string): Stripe.Entitlements.Feature[] {
  const products = new Set(
    tx
      .by('subscription', 'customer', customer)
      .filter(({ status }) => ENTITLED.has(status))
      .flatMap((row) => row.items.data.map(({ price }) => idOf(price.product))),
  )
  const features = tx
    .all('product_feature')
    .filter(({ product }) => products.has(product))
    .map(({ entitlement_feature }) => entitlement_feature)
  return [...new Map(features.map((feature) => [feature.id, feature])).values()]
}

function entitlement({
  id,
  lookup_key,
}: Stripe.Entitlements.Feature): Stripe.Entitlements.ActiveEntitlement {
  return {
    id: newId('ent'),
    object: 'entitlements.active_entitlement',
    feature: id,
    livemode: false,
    lookup_key,
  }
}
