import { createHash } from 'node:crypto'
import type Stripe from 'stripe'
import { env } from '@/lib/env'
import { callStripe } from './call'
import { APP } from './metadata'

export type PortalConfigurationSnapshot = {
  id: string
  /** Which settings it was last given: a `portalFingerprint`. */
  fingerprint: string | null
}

/** What differs between installations; the rest of what a customer may do is the same for all. */
export type PortalSettings = {
  headline: string
  returnUrl: string
  /** `https://` addresses, shown where there are any. */
  legal: { terms: string | null; privacy: string | null }
  /** What a plan can be changed to. */
  products: readonly { product: string; prices: readonly string[] }[]
}

/**
 * A name for exactly these settings, kept in the configuration's metadata: Stripe does not
 * give the products back, so what stands there can only be compared by it.
 */
export function portalFingerprint(settings: PortalSettings): string {
  return createHash('sha256')
    .update(JSON.stringify(settingsOf(settings)))
    .digest('hex')
    .slice(0, 16)
}

/**
 * The id of the portal configuration that `stripe:push` made for this environment, or null
 * before it did. Remembered for a minute, so that opening the portal is one call.
 */
export async function findPortalConfiguration(): Promise<string | null> {
  if (remembered && remembered.until > Date.now()) return remembered.id
  const found = await readPortalConfiguration()
  if (!found) return null
  remembered = { id: found.id, until: Date.now() + 60_000 }
  return found.id
}

let remembered: { id: string; until: number } | undefined

/** The same, as it is now, with what was last sent to it. */
export async function readPortalConfiguration(): Promise<PortalConfigurationSnapshot | null> {
  const all = await callStripe((stripe) =>
    stripe.billingPortal.configurations
      .list({ active: true, limit: 100 })
      .autoPagingToArray({ limit: 1000 }),
  )
  const own = all.find(({ metadata }) => metadata?.app === APP && metadata.env === env().appEnv)
  return own ? { id: own.id, fingerprint: own.metadata?.settings ?? null } : null
}

/** Makes one that is marked as ours, and answers its id. */
export async function createPortalConfiguration(settings: PortalSettings): Promise<string> {
  const created = await callStripe((stripe) =>
    stripe.billingPortal.configurations.create(paramsOf(settings)),
  )
  return created.id
}

/** Writes all of the settings anew, and by what they are recognized. */
export async function updatePortalConfiguration(
  id: string,
  settings: PortalSettings,
): Promise<void> {
  await callStripe((stripe) => stripe.billingPortal.configurations.update(id, paramsOf(settings)))
}

function paramsOf(settings: PortalSettings) {
  const metadata = { app: APP, env: env().appEnv, settings: portalFingerprint(settings) }
  return { ...settingsOf(settings), metadata }
}

function settingsOf({ headline, returnUrl, legal, products }: PortalSettings) {
  const choices = products.map(({ product, prices }) => ({ product, prices: [...prices] }))
  return {
    business_profile: {
      headline,
      ...(legal.terms ? { terms_of_service_url: legal.terms } : {}),
      ...(legal.privacy ? { privacy_policy_url: legal.privacy } : {}),
    },
    default_return_url: returnUrl,
    features: { ...FEATURES, subscription_update: { ...PLAN_CHANGE, products: choices } },
  } satisfies Stripe.BillingPortal.ConfigurationCreateParams
}

const FEATURES = {
  customer_update: { enabled: true, allowed_updates: ['name', 'email', 'address', 'tax_id'] },
  invoice_history: { enabled: true },
  payment_method_update: { enabled: true },
  subscription_cancel: {
    enabled: true,
    // Paid time is never taken away by a click.
    mode: 'at_period_end',
    cancellation_reason: {
      enabled: true,
      options: [
        'too_expensive',
        'missing_features',
        'switched_service',
        'unused',
        'too_complex',
        'low_quality',
        'customer_service',
        'other',
      ],
    },
  },
} satisfies Stripe.BillingPortal.ConfigurationCreateParams.Features

const PLAN_CHANGE = {
  enabled: true,
  default_allowed_updates: ['price' as const],
  // A change is charged when it is made, so that the access given now is paid for now.
  proration_behavior: 'always_invoice',
  // What is paid for stays until its period ends. Stripe keeps to this among the prices of one
  // product; another plan begins at once, and the rest of the old one becomes credit.
  schedule_at_period_end: {
    conditions: [
      { type: 'decreasing_item_amount' as const },
      { type: 'shortening_interval' as const },
    ],
  },
} satisfies Stripe.BillingPortal.ConfigurationCreateParams.Features.SubscriptionUpdate
