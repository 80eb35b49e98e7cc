import type Stripe from 'stripe'
import type { HowPaid, PaidWith } from '@/lib/charge'
import type { SubscriptionId } from '@/lib/ids'
import { callStripe } from './call'
import { comingChange } from './coming-change'
import { withoutCardOf } from './subscription-now'

const EXPAND = [
  'default_payment_method',
  'customer.invoice_settings.default_payment_method',
  'schedule.phases.items.price',
  'latest_invoice',
]

/**
 * How the next invoice of a subscription will be paid, and what is planned for it.
 * @throws {NotFound} Stripe does not have it
 */
export async function readHowPaid(id: SubscriptionId): Promise<HowPaid> {
  return howPaid(await retrieveToCharge(id))
}

/** A subscription with everything that says how it is paid, and with its latest invoice. */
export function retrieveToCharge(id: SubscriptionId): Promise<Stripe.Subscription> {
  return callStripe((stripe) => stripe.subscriptions.retrieve(id, { expand: [...EXPAND] }))
}

/** The same of one that was retrieved so. */
export function howPaid(subscription: Stripe.Subscription): HowPaid {
  return {
    paidWith: paidWithOf(subscription),
    change: comingChange(subscription),
    withoutCard: withoutCardOf(subscription),
  }
}

// The order in which Stripe looks: docs.stripe.com/billing/subscriptions/payment-methods-setting.
function paidWithOf(subscription: Stripe.Subscription): PaidWith | null {
  if (subscription.collection_method === 'send_invoice') return { kind: 'invoice' }
  const { default_payment_method: own, default_source: source, customer } = subscription
  if (own !== null) return nameOf(own)
  if (source !== null) return { kind: 'other', type: 'source' }
  if (typeof customer === 'string' || customer.deleted) return null
  const { default_payment_method: theirs } = customer.invoice_settings
  if (theirs !== null) return nameOf(theirs)
  return customer.default_source ? { kind: 'other', type: 'source' } : null
}

function nameOf(method: string | Stripe.PaymentMethod): PaidWith {
  if (typeof method === 'string') return { kind: 'other', type: 'source' }
  const { card, type } = method
  if (card) return { kind: 'card', brand: card.brand, last4: card.last4, expiresAt: endOf(card) }
  const account = method.us_bank_account ?? method.acss_debit
  if (account) return { kind: 'bank', bank: account.bank_name, last4: account.last4 }
  const debit = method.sepa_debit ?? method.bacs_debit ?? method.au_becs_debit
  return debit ? { kind: 'bank', bank: null, last4: debit.last4 } : { kind: 'other', type }
}

// Cards are good to the end of their month.
function endOf({ exp_month: month, exp_year: year }: Stripe.PaymentMethod.Card): Date {
  return new Date(Date.UTC(year, month))
}
