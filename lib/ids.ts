import { Invalid } from '@/lib/errors'

/** Stripe already branded its ids: the prefix is the type. */
export type CustomerId = `cus_${string}`
export type SubscriptionId = `sub_${string}`
export type PriceId = `price_${string}`
export type ProductId = `prod_${string}`
export type InvoiceId = `in_${string}`
export type PromotionCodeId = `promo_${string}`
export type EventId = `evt_${string}`
// `py_` where the money did not come from a card.
export type ChargeId = `ch_${string}` | `py_${string}`
export type CheckoutSessionId = `cs_${string}`
export type SetupIntentId = `seti_${string}`

// There at compile time only.
declare const workspace: unique symbol

/** Ours: next-auth makes them as UUIDs. Any text will do, except for a workspace's. */
export type UserId = string & { readonly [workspace]?: never }

/**
 * Ours, a UUID too. A user's own workspace has the user's id: the types keep the one from being taken
 * for the other, and `lib/workspaces/personal.ts` is the way between them.
 */
export type WorkspaceId = string & { readonly [workspace]: true }

// Stripe's ids are letters, digits and underscores, at most 255 characters
// (docs.stripe.com/upgrades#what-changes-does-stripe-consider-to-be-backwards-compatible).
const TAIL = /^[A-Za-z0-9_]{1,250}$/

// next-auth's adapter makes them with crypto.randomUUID.
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Whether a text that came from outside can be one of our users' ids. */
export function isUserId(value: unknown): value is UserId {
  return typeof value === 'string' && UUID.test(value)
}

/** Whether a text that came from outside can be the id of a workspace. */
export function isWorkspaceId(value: unknown): value is WorkspaceId {
  return typeof value === 'string' && UUID.test(value)
}

export const isCustomerId = prefixed<CustomerId>('cus_')
export const isSubscriptionId = prefixed<SubscriptionId>('sub_')
export const isInvoiceId = prefixed<InvoiceId>('in_')
export const isPromotionCodeId = prefixed<PromotionCodeId>('promo_')
export const isEventId = prefixed<EventId>('evt_')
export const isPriceId = prefixed<PriceId>('price_')
export const isProductId = prefixed<ProductId>('prod_')
export const isCheckoutSessionId = prefixed<CheckoutSessionId>('cs_')
export const isSetupIntentId = prefixed<SetupIntentId>('seti_')

const isCardCharge = prefixed<`ch_${string}`>('ch_')
const isOtherPayment = prefixed<`py_${string}`>('py_')

/** Whether it is the id of a charge, be it of a card (`ch_`) or of another payment method (`py_`). */
export function isChargeId(value: unknown): value is ChargeId {
  return isCardCharge(value) || isOtherPayment(value)
}

export const parseCustomerId = parser('customer', isCustomerId)
export const parseSubscriptionId = parser('subscription', isSubscriptionId)
export const parsePriceId = parser('price', isPriceId)
export const parseProductId = parser('product', isProductId)
export const parseInvoiceId = parser('invoice', isInvoiceId)
export const parsePromotionCodeId = parser('promotion code', isPromotionCodeId)
export const parseEventId = parser('event', isEventId)
export const parseCheckoutSessionId = parser('checkout session', isCheckoutSessionId)
export const parseSetupIntentId = parser('setup intent', isSetupIntentId)

function prefixed<Id extends string>(prefix: string) {
  return (value: unknown): value is Id =>
    typeof value === 'string' && value.startsWith(prefix) && TAIL.test(value.slice(prefix.length))
}

function parser<Id extends string>(noun: string, is: (value: unknown) => value is Id) {
  return (value: unknown): Id => {
    if (is(value)) return value
    throw new Invalid({ internal: `That is not a Stripe ${noun} id.` })
  }
}
