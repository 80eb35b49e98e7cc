import type { Calls } from './app'
import { subscriber } from './subscriber'

/** Features of products, and what they entitle a customer to. */
export const callEntitlements: Calls = async (app) => {
  const { stripe, pro } = app
  const feature = await stripe.entitlements.features.create({
    name: 'Export',
    lookup_key: 'export',
  })
  await stripe.entitlements.features.update(feature.id, { name: 'Exports' })
  await stripe.entitlements.features.retrieve(feature.id)
  await stripe.entitlements.features.list({ lookup_key: 'export' })
  const attached = await stripe.products.createFeature(pro.id, { entitlement_feature: feature.id })
  await stripe.products.listFeatures(pro.id)
  const { customer } = await subscriber(app)
  const { data } = await stripe.entitlements.activeEntitlements.list({ customer, limit: 100 })
  await stripe.entitlements.activeEntitlements.retrieve(data[0]?.id ?? '', { expand: ['feature'] })
  await stripe.products.deleteFeature(pro.id, attached.id)
}
