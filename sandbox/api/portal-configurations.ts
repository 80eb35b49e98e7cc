import type Stripe from 'stripe'
import { endpoint } from '@/sandbox/http/endpoint'
import { page, paging } from '@/sandbox/http/listing'
import { metadata, withMetadata } from '@/sandbox/http/metadata'
import { required } from '@/sandbox/http/rule'
import { clearable, flag, hash, text, url } from '@/sandbox/http/rules'
import { newPortalConfiguration } from '@/sandbox/objects/portal-configuration'
import type { Tx } from '@/sandbox/store/transaction'
import { FEATURES, featuresWith } from './portal-features'
import { named } from './references'

const DETAILS = {
  business_profile: hash({
    headline: clearable(text(60)),
    privacy_policy_url: clearable(url()),
    terms_of_service_url: clearable(url()),
  }),
  default_return_url: clearable(url()),
  login_page: hash({ enabled: required(flag()) }),
  metadata: metadata(),
  name: clearable(text(100)),
}

export const createPortalConfiguration = endpoint(
  'POST',
  '/v1/billing_portal/configurations',
  { ...DETAILS, features: required(hash(FEATURES)) },
  ({ tx, params }) => {
    const first = tx.all('billing_portal.configuration').length === 0
    const made = tx.insert('billing_portal.configuration', newPortalConfiguration(tx.now, first))
    change(tx, made, params)
    tx.emit('billing_portal.configuration.created', 'billing_portal.configuration', made.id)
    return made
  },
)

export const updatePortalConfiguration = endpoint(
  'POST',
  '/v1/billing_portal/configurations/:id',
  { ...DETAILS, active: flag(), features: hash(FEATURES) },
  ({ tx, id, params }) => {
    const found = tx.edit('billing_portal.configuration', id)
    found.active = params.active ?? found.active
    change(tx, found, params)
    tx.emit('billing_portal.configuration.updated', 'billing_portal.configuration', id)
    return found
  },
)

export const getPortalConfiguration = endpoint(
  'GET',
  '/v1/billing_portal/configurations/:id',
  {},
  ({ tx, id }) => tx.get('billing_portal.configuration', id),
)

export const listPortalConfigurations = endpoint(
  'GET',
  '/v1/billing_portal/configurations',
  { ...paging, active: flag(), is_default: flag() },
  ({ tx, params }) =>
    page(
      tx.all('billing_portal.configuration'),
      params,
      '/v1/billing_portal/configurations',
      (row) =>
        (params.active === undefined || row.active === params.active) &&
        (params.is_default === undefined || row.is_default === params.is_default),
    ),
)

interface Change {
  business_profile?:
    | {
        headline?: string | null | undefined
        privacy_policy_url?: string | null | undefined
        terms_of_service_url?: string | null | undefined
      }
    | undefined
  default_return_url?: string | null | undefined
  login_page?: { enabled: boolean } | undefined
  metadata?: Record<string, string> | null | undefined
  name?: string | null | undefined
  features?: Parameters<typeof featuresWith>[1] | undefined
}

function change(tx: Tx, found: Stripe.BillingPortal.Configuration, params: Change) {
  const profile = params.business_profile ?? {}
  found.business_profile = { ...found.business_profile, ...defined(profile) }
  if (params.default_return_url !== undefined) found.default_return_url = params.default_return_url
  if (params.name !== undefined) found.name = params.name
  if (params.login_page) found.login_page = { enabled: params.login_page.enabled, url: null }
  if (params.features) {
    for (const { product, prices } of params.features.subscription_update?.products ?? []) {
      named(tx, 'product', product, 'features[subscription_update][products]')
      for (const price of prices)
        named(tx, 'price', price, 'features[subscription_update][products]')
    }
    found.features = featuresWith(found.features, params.features)
  }
  found.metadata = withMetadata(found.metadata, params.metadata)
  found.updated = tx.now
}

function defined<T extends object>(given: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }
}
