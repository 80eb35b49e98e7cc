import type Stripe from 'stripe'
import { fromUnix } from '@/lib/clock'
import { env } from '@/lib/env'
import {
  type CheckoutSessionId,
  type CustomerId,
  isPromotionCodeId,
  type PromotionCodeId,
  parseCheckoutSessionId,
  parseCustomerId,
  parseSubscriptionId,
  type SubscriptionId,
} from '@/lib/ids'
import type { Money } from '@/lib/money'
import { idOf, oneOf } from './read'

const STATUSES = ['open', 'complete', 'expired'] as const
const PAYMENT_STATUSES = ['paid', 'unpaid', 'no_payment_required'] as const

export type CheckoutSessionStatus = (typeof STATUSES)[number]

export type CheckoutSessionSnapshot = {
  id: CheckoutSessionId
  customerId: CustomerId | null
  /** Known only where the customer was read along: it is gone, and the session cannot be paid. */
  customerDeleted: boolean
  status: CheckoutSessionStatus | 'unknown'
  /** `unpaid` on a complete session is a payment that takes days, such as a bank debit. */
  paymentStatus: (typeof PAYMENT_STATUSES)[number] | 'unknown'
  /** The page to pay on; null once it is not open, and where it is within one of ours. */
  url: string | null
  /** By which it is shown within a page of ours: for its buyer's browser alone, never logged or stored. */
  clientSecret: string | null
  subscriptionId: SubscriptionId | null
  /** Our own words, as they were when the session was made. */
  workspaceId: string | null
  intentId: string | null
  tier: string | null
  interval: string | null
  /** The name of the terms that it was made on; null for one that was made by other means. */
  terms: string | null
  /** What its buyer typed. Known only where it was read along. */
  discount: DiscountSnapshot | null
  expiresAt: Date
  /**
   * What it asks for when it is confirmed, with its discount and the tax that is known by then;
   * null: Stripe says none.
   */
  due: Money | null
  /** Null until there is an invoice, and where it was not read. */
  receipt: Receipt | null
}

/** A coupon and the code it came by, as far as Stripe still gives them to any customer. */
export type DiscountSnapshot = {
  holds: boolean
  until: Date | null
  /** Null where a coupon was given without one. */
  promotionCode: PromotionCodeId | null
}

export type Receipt = {
  /** What was asked for. */
  total: Money
  /** What left the buyer's card or account for it: credit that was there is not in it. */
  paid: Money
  number: string | null
  /** Stripe's page of the invoice; null unless it is an address of Stripe's. */
  invoiceUrl: string | null
  card: { brand: string; last4: string } | null
}

/** Null, too, is `unknown`: Stripe gives it for sessions of a mode that we never make. */
export function parseCheckoutSessionStatus(
  value: string | null,
): CheckoutSessionStatus | 'unknown' {
  return oneOf(STATUSES, value ?? '')
}

/** Stripe's session in our types: ids by their prefix, instants as `Date`, words that we know. */
export function checkoutSessionSnapshot(from: Stripe.Checkout.Session): CheckoutSessionSnapshot {
  const customer = idOf(from.customer)
  const subscription = idOf(from.subscription)
  return {
    id: parseCheckoutSessionId(from.id),
    customerId: customer === null ? null : parseCustomerId(customer),
    customerDeleted: isDeleted(from.customer),
    status: parseCheckoutSessionStatus(from.status),
    paymentStatus: oneOf(PAYMENT_STATUSES, from.payment_status),
    url: from.url,
    clientSecret: from.client_secret,
    subscriptionId: subscription === null ? null : parseSubscriptionId(subscription),
    workspaceId: from.client_reference_id,
    intentId: from.metadata?.intent_id ?? null,
    tier: from.metadata?.tier ?? null,
    interval: from.metadata?.interval ?? null,
    terms: from.metadata?.terms ?? null,
    discount: discountOf(from),
    expiresAt: fromUnix(from.expires_at),
    due: dueOf(from),
    receipt: receiptOf(from),
  }
}

function dueOf({ amount_total: amount, currency }: Stripe.Checkout.Session): Money | null {
  return amount === null || currency === null ? null : { amount, currency }
}

function discountOf({ discounts }: Stripe.Checkout.Session): DiscountSnapshot | null {
  const [discount] = discounts ?? []
  const { coupon = null, promotion_code: code = null } = discount ?? {}
  if (coupon === null || typeof coupon === 'string') return null
  const used = [coupon, ...(code && typeof code !== 'string' ? [code] : [])]
  const ends = [coupon.redeem_by, typeof code === 'string' ? null : code?.expires_at]
  const until = ends.filter((end) => typeof end === 'number')
  const codeId = code && idOf(code)
  return {
    promotionCode: isPromotionCodeId(codeId) ? codeId : null,
    holds:
      coupon.valid &&
      (code === null || typeof code === 'string' || code.active) &&
      used.every(({ max_redemptions: max, times_redeemed: n }) => max === null || n < max),
    until: until.length > 0 ? fromUnix(Math.min(...until)) : null,
  }
}

function isDeleted(customer: Stripe.Checkout.Session['customer']): boolean {
  return typeof customer === 'object' && customer?.deleted === true
}

function receiptOf({ invoice, subscription }: Stripe.Checkout.Session): Receipt | null {
  if (invoice === null || typeof invoice === 'string') return null
  return {
    total: { amount: invoice.total, currency: invoice.currency },
    paid: { amount: invoice.amount_paid, currency: invoice.currency },
    number: invoice.number,
    invoiceUrl: stripeUrl(invoice.hosted_invoice_url),
    card: cardOf(subscription),
  }
}

function cardOf(subscription: string | Stripe.Subscription | null): Receipt['card'] {
  if (subscription === null || typeof subscription === 'string') return null
  const method = subscription.default_payment_method
  if (method === null || typeof method === 'string' || !method.card) return null
  return { brand: method.card.brand, last4: method.card.last4 }
}

// It becomes a link on our page, so it must be Stripe's own host, or the sandbox's.
function stripeUrl(value: string | null | undefined): string | null {
  if (!value || !URL.canParse(value)) return null
  const { protocol, hostname, origin } = new URL(value)
  const real =
    protocol === 'https:' && (hostname === 'stripe.com' || hostname.endsWith('.stripe.com'))
  return real || origin === env().stripe.apiBase?.origin ? value : null
}
