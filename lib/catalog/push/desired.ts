import { BRAND } from '@/lib/brand'
import { CHECKOUT_POLICY } from '@/lib/catalog/checkout-policy'
import { CREDIT_PACKS, type CreditPack } from '@/lib/catalog/credit-packs'
import { INTERVALS, type Interval, PAID_TIERS, type PaidTier, PLANS } from '@/lib/catalog/plans'
import type { Money } from '@/lib/money'
import type { CheckoutPolicy } from '@/lib/stripe/checkout-settings'
import type { PortalSettings } from '@/lib/stripe/portal-configurations'
import { WEBHOOK_API_VERSION } from '@/lib/stripe/webhook-endpoints'

/** What Stripe should hold, in our words. */
export type Desired = {
  products: readonly { tier: PaidTier; name: string; description: string }[]
  prices: readonly DesiredPrice[]
  packs: readonly CreditPack[]
  /** Whether Stripe adds tax to each price, as the pages say it does; else they say nothing of tax. */
  taxed: boolean
  portal: Pick<PortalSettings, 'headline' | 'returnUrl' | 'legal'>
  /** Null where Stripe could not reach the address. */
  webhook: { url: string; events: readonly string[]; apiVersion: string } | null
}

export type DesiredPrice = { tier: PaidTier; interval: Interval; lookupKey: string; amount: Money }

/** The catalog of `plans.ts`, and what belongs to an installation at `appUrl`. */
export function desired(
  place: { appUrl: string; webhookUrl: string | null; events: readonly string[] },
  { tax }: Pick<CheckoutPolicy, 'tax'> = CHECKOUT_POLICY,
): Desired {
  const { appUrl, webhookUrl, events } = place
  return {
    products: PAID_TIERS.map((tier) => {
      const { name, summary } = PLANS[tier]
      return { tier, name, description: summary }
    }),
    prices: PAID_TIERS.flatMap((tier) =>
      INTERVALS.map((interval) => {
        const { lookupKeys, prices } = PLANS[tier]
        return { tier, interval, lookupKey: lookupKeys[interval], amount: prices[interval] }
      }),
    ),
    packs: CREDIT_PACKS,
    taxed: tax !== 'none',
    portal: {
      headline: 'Your plan and billing',
      returnUrl: `${appUrl}/settings/billing`,
      legal: BRAND.legal,
    },
    webhook:
      webhookUrl === null ? null : { url: webhookUrl, events, apiVersion: WEBHOOK_API_VERSION },
  }
}
