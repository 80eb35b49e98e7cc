import type Stripe from 'stripe'
import { fromUnix } from '@/lib/clock'
import type { SubscriptionId } from '@/lib/ids'
import { callStripe } from './call'
import { idOf } from './read'

/** The card that a subscription is charged to. */
export type ChargedCard = {
  /** `pm_…` */
  id: string
  brand: string
  last4: string
  /** The first instant at which it is not valid any more: cards are good to the end of their month. */
  expiresAt: Date
}

const CARD_EXPAND = ['default_payment_method', 'customer']

/**
 * The card that is charged next; null where something else is, or nothing, or the subscription is over.
 * @throws {NotFound} Stripe does not have it
 */
export async function readChargedCard(id: SubscriptionId): Promise<ChargedCard | null> {
  return chargedCard(
    await callStripe((stripe) => stripe.subscriptions.retrieve(id, { expand: CARD_EXPAND })),
  )
}

/**
 * The same of a subscription that was read with its payment method and its customer; one more read where the
 * customer's own payment method is charged.
 */
export async function chargedCard(from: Stripe.Subscription): Promise<ChargedCard | null> {
  if (from.ended_at !== null || from.collection_method === 'send_invoice') return null
  // The order in which Stripe looks: docs.stripe.com/billing/subscriptions/payment-methods-setting.
  const { default_payment_method: own, default_source: source, customer } = from
  if (own !== null) return cardOf(own)
  if (source !== null || typeof customer === 'string' || customer.deleted) return null
  const id = idOf(customer.invoice_settings.default_payment_method)
  if (id === null) return null
  // Not expanded with the customer: of one that was deleted Stripe has no such property to expand.
  return cardOf(await callStripe((stripe) => stripe.paymentMethods.retrieve(id)))
}

function cardOf(method: string | Stripe.PaymentMethod | null): ChargedCard | null {
  if (method === null || typeof method === 'string' || !method.card) return null
  const { brand, last4, exp_month, exp_year } = method.card
  const expiresAt = fromUnix(Date.UTC(exp_year, exp_month) / 1000)
  return { id: method.id, brand, last4, expiresAt }
}
