import {
  type PortalConfigurationSnapshot,
  readPortalConfiguration,
} from '@/lib/stripe/portal-configurations'
import { findPricesByLookupKeys, type PriceSnapshot } from '@/lib/stripe/prices'
import { listOwnProducts, type ProductSnapshot } from '@/lib/stripe/products'
import { findWebhookEndpoint, type WebhookEndpointSnapshot } from '@/lib/stripe/webhook-endpoints'
import type { Desired } from './desired'

/** What Stripe holds now of the things that we ask for. */
export type Found = {
  products: ProductSnapshot[]
  prices: PriceSnapshot[]
  /** Of credits. */
  packPrices: PriceSnapshot[]
  portal: PortalConfigurationSnapshot | null
  webhook: WebhookEndpointSnapshot | null
}

/** Reads at Stripe what of this is there. Nothing is changed. */
export async function readFound({ prices, packs }: Desired): Promise<Found> {
  const [products, held, packPrices, portal, webhook] = await Promise.all([
    listOwnProducts(),
    findPricesByLookupKeys(prices.map(({ lookupKey }) => lookupKey)),
    // Stripe takes ten keys at most, and an empty list for none.
    packs.length > 0 ? findPricesByLookupKeys(packs.map(({ lookupKey }) => lookupKey)) : [],
    readPortalConfiguration(),
    findWebhookEndpoint(),
  ])
  return { products, prices: held, packPrices, portal, webhook }
}
