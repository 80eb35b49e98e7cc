import type Stripe from 'stripe'
import type { AttemptLog } from '@/sandbox/deliveries/attempt-log'
import type { CardBehavior } from '@/sandbox/objects/card-behavior'
import type { Grounds } from '@/sandbox/objects/dispute'

/** Every kind of record, by the name Stripe gives it in `object`; ours, which Stripe keeps to itself, follow. */
export interface Records {
  customer: Stripe.Customer
  deleted_customer: Stripe.DeletedCustomer
  payment_method: Stripe.PaymentMethod
  product: Stripe.Product
  price: Stripe.Price
  tax_rate: Stripe.TaxRate
  tax_id: Stripe.TaxId
  credit_note: Stripe.CreditNote
  customer_balance_transaction: Stripe.CustomerBalanceTransaction
  'checkout.session': Stripe.Checkout.Session
  'billing_portal.session': Stripe.BillingPortal.Session
  'billing_portal.configuration': Stripe.BillingPortal.Configuration
  subscription: Stripe.Subscription
  subscription_schedule: Stripe.SubscriptionSchedule
  refund: Stripe.Refund
  dispute: Stripe.Dispute
  'radar.early_fraud_warning': Stripe.Radar.EarlyFraudWarning
  'entitlements.feature': Stripe.Entitlements.Feature
  product_feature: Stripe.ProductFeature & { product: string }
  coupon: Stripe.Coupon
  promotion_code: Stripe.PromotionCode
  discount: Stripe.Discount
  invoice: Stripe.Invoice
  invoiceitem: Stripe.InvoiceItem
  invoice_payment: Stripe.InvoicePayment
  payment_intent: Stripe.PaymentIntent
  setup_intent: Stripe.SetupIntent
  'billing.meter': Stripe.Billing.Meter
  'v2.core.event_destination': Stripe.V2.Core.EventDestination
  charge: Stripe.Charge
  balance_transaction: Stripe.BalanceTransaction
  event: Stripe.Event
  webhook_endpoint: Stripe.WebhookEndpoint
  'test_helpers.test_clock': Stripe.TestHelpers.TestClock

  /** Deleted, and still at work where it was redeemed. */
  retired_coupon: Stripe.Coupon
  /** The price of a plan that was deleted; subscribers who have it keep it. */
  deleted_plan: { id: string }
  entitlement_set: EntitlementSet
  meter_event: MeterEvent
  planned: Planned
  schedule_terms: ScheduleTerms
  card: Card
  checkout_terms: CheckoutTerms
  portal_token: PortalToken
  challenge: Challenge
  signing_secret: SigningSecret
  delivery: Delivery
  idempotency: StoredAnswer
  setting: Setting
}

export type Kind = keyof Records

/** What a payment method does when it is charged. `id` is the payment method's. */
export interface Card {
  id: string
  behavior: CardBehavior
  /** What it does at the next charge instead, once. */
  once?: CardBehavior
}

/** What a customer is entitled to. `id` is the customer's. */
export interface EntitlementSet {
  id: string
  entitlements: Stripe.Entitlements.ActiveEntitlement[]
}

/** So much of a meter was used by a customer. `id` is the event's identifier for as long as that is known again. */
export interface MeterEvent {
  id: string
  event_name: string
  customer: string
  value: number
  at: number
  /** When it came; an identifier is known again for a day after that. */
  received: number
}

/** A debit that the bank answers days later. */
export interface Settlement {
  kind: 'settlement'
  /** What the debit was for, when that is an invoice. */
  invoice: string | null
  payment: string | null
  intent: string
  charge: string
  succeeds: boolean
}

/** What a schedule was given and does not show. `id` is the schedule's. */
export interface ScheduleTerms {
  id: string
  /** The starts of the phases in which the customer's discount does not count. */
  bare: number[]
}

/** Something that will happen by itself, once, at a business instant in Unix seconds. */
export interface Planned {
  id: string
  at: number
  /** The test clock by which it happens; null: the sandbox's own. */
  test_clock: string | null
  what:
    | {
        kind: 'dispute'
        charge: string
        as: Grounds
      }
    | { kind: 'fraud_warning'; charge: string }
    | { kind: 'dispute_lapses'; dispute: string }
    | { kind: 'overdue'; invoice: string }
    | { kind: 'refund'; refund: string; succeeds: boolean }
    | { kind: 'resume'; subscription: string }
    | Settlement
}

/** What a Checkout session will make when it is paid. `id` is the session's. */
export interface CheckoutTerms {
  id: string
  lines: CheckoutTermsLine[]
  /** Whether taxes are reckoned by the buyer's country, and their tax id asked for. */
  taxes: {
    automatic: boolean
    asksId: boolean
    /** What was typed in. */
    id?: { type: string; value: string }
  }
  /** The parameters of a payment, or of a card that is saved. */
  intent: {
    description: string | null
    metadata: Record<string, string>
    captures: 'automatic' | 'manual'
    saves: 'off_session' | 'on_session' | null
    makesCustomer: boolean
  }
  /** What is typed at the form and kept on an existing customer. */
  keeps: { name: boolean; address: boolean }
  subscription: {
    metadata: Record<string, string>
    description: string | null
    trialDays: number | null
    trialEnd: number | null
    missingPaymentMethod: 'cancel' | 'create_invoice' | 'pause'
    anchor: number | null
    prorates: boolean
    taxRates: string[]
  }
}

export interface CheckoutTermsLine {
  id: string
  price: string
  quantity: number
  metadata: Record<string, string>
  taxRates: string[]
  /** Within what the buyer may change the quantity; null: not at all. */
  adjusts: { minimum: number; maximum: number } | null
}

/** The secret part of a portal URL. */
export interface PortalToken {
  id: string
  session: string
}

/** A bank's question that waits for its answer, and what to go on with. */
export interface Challenge {
  id: string
  purpose: { kind: 'checkout'; session: string } | { kind: 'portal'; token: string }
  paymentMethod: Stripe.PaymentMethod
  behavior: CardBehavior
  amount: number
  currency: string
  answered: boolean
}

/** `id` is the endpoint's. Each secret signs until it expires (Unix seconds), the first for ever. */
export interface SigningSecret {
  id: string
  secrets: { value: string; until: number | null }[]
}

/** One event on its way to one endpoint. `nextAt` is real time in milliseconds, null when nothing is planned. */
export interface Delivery {
  id: string
  event: string
  endpoint: string
  state: 'pending' | 'delivered' | 'failed'
  nextAt: number | null
  /** Business time, Unix seconds, before which it is held back. */
  notBefore?: number
  attempts: AttemptLog[]
}

/** The answer to a POST, replayed when its idempotency key comes again. */
export interface StoredAnswer {
  id: string
  path: string
  fingerprint: string
  status: number
  body: string
  request: string
  at: number
}

/** A named value of the sandbox itself, such as how far its clock was moved. */
export interface Setting {
  id: string
  value: string
}
