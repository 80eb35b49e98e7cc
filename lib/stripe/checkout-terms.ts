import { createHash } from 'node:crypto'
import type Stripe from 'stripe'
import { type CheckoutUi, env } from '@/lib/env'
import type { CustomerId, PriceId, PromotionCodeId, WorkspaceId } from '@/lib/ids'
import { type CheckoutPolicy, checkoutSettings } from './checkout-settings'
import { APP } from './metadata'
import { TRIAL_OF_CHECKOUT } from './trials'

/** What a Checkout session is made of, besides the click that asked for it. */
export type CheckoutTerms = {
  customerId: CustomerId
  priceId: PriceId
  workspaceId: WorkspaceId
  tier: string
  interval: string
  /** That the customer is bound to; left out, the page is in the price's own. */
  currency?: string
  /** At least one; left out, the first payment is due at once. */
  trialDays?: number
  /** What the end of a trial does that began without a card; left out, a trial asks for one. */
  trialWithoutCard?: 'cancel' | 'pause'
  /** The promotion code that the buyer came with; without one they may type one at Stripe. */
  promotionCode?: PromotionCodeId
  /** What its buyer reads before the button. */
  submitText?: string
  policy: CheckoutPolicy
  ui: CheckoutUi
  /** `{CHECKOUT_SESSION_ID}` in it is filled in by Stripe. */
  successUrl: string
  /** Where a customer who leaves Stripe's page comes to; a page of ours is left as any other. */
  cancelUrl: string
}

/** The parameters of a session on these terms: whatever is set here is part of their name. */
export function checkoutParams(terms: CheckoutTerms) {
  const { workspaceId, promotionCode, submitText, tier, interval } = terms
  const owner = { app: APP, env: env().appEnv, workspace_id: workspaceId }
  return {
    mode: 'subscription',
    customer: terms.customerId,
    client_reference_id: workspaceId,
    line_items: [{ price: terms.priceId, quantity: 1 }],
    ...(terms.currency ? { currency: terms.currency } : {}),
    ...checkoutSettings(terms.policy),
    // Stripe takes the one or the other.
    ...(promotionCode
      ? { discounts: [{ promotion_code: promotionCode }] }
      : { allow_promotion_codes: true }),
    // The session's metadata stays with the session; the subscription needs its own.
    metadata: { ...owner, tier, interval },
    ...beginning(terms, owner),
    ...(submitText ? { custom_text: { submit: { message: submitText } } } : {}),
    ...placed(terms),
  } satisfies Stripe.Checkout.SessionCreateParams
}

// With its trial, if it has one.
function beginning(
  { trialDays, trialWithoutCard: without }: CheckoutTerms,
  owner: Record<string, string>,
) {
  if (!trialDays) return { subscription_data: { metadata: owner } }
  const ending = { end_behavior: { missing_payment_method: without ?? 'create_invoice' } }
  return {
    subscription_data: {
      metadata: { ...owner, ...TRIAL_OF_CHECKOUT },
      trial_period_days: trialDays,
      ...(without ? { trial_settings: ending } : {}),
    },
    ...(without ? { payment_method_collection: 'if_required' as const } : {}),
  }
}

// Stripe takes the addresses of the one way for the other as a mistake.
function placed({ ui, successUrl, cancelUrl }: CheckoutTerms) {
  return ui === 'embedded_page'
    ? { ui_mode: ui, return_url: successUrl, redirect_on_completion: 'always' as const }
    : { ui_mode: ui, success_url: successUrl, cancel_url: cancelUrl }
}

/**
 * A short name for all of these terms. A session keeps the name of those it was made on, so that
 * price, trial or settings that have changed since are seen without knowing which did.
 */
export function nameTerms(terms: CheckoutTerms): string {
  const params = JSON.stringify(checkoutParams(terms))
  return createHash('sha256').update(params).digest('hex').slice(0, 16)
}
