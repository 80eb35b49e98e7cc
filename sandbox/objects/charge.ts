import type Stripe from 'stripe'
import { newId } from '@/sandbox/ids'
import { BUSINESS_NAME } from '@/sandbox/settings'
import type { Decline } from './test-cards'

/** A charge on a card: paid, or failed with the reason given. */
export function newCharge(
  now: number,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  decline: Decline | null,
  risk: 'normal' | 'elevated' | 'highest',
): Stripe.Charge {
  return {
    id: newId('ch'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: decline ? 0 : intent.amount,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: BUSINESS_NAME.toUpperCase(),
    captured: !decline,
    created: now,
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: {},
    on_behalf_of: null,
    outcome: outcomeOf(decline, risk),
    paid: !decline,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: detailsOf(method, intent.amount, decline),
    receipt_email: null,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: decline ? 'failed' : 'succeeded',
    transfer_data: null,
    transfer_group: null,
  }
}

function detailsOf(
  { card, us_bank_account: account }: Stripe.PaymentMethod,
  amount: number,
  decline: Decline | null,
): Stripe.Charge.PaymentMethodDetails | null {
  if (card) return { card: cardDetails(card, amount, decline), type: 'card' }
  if (!account) return null
  const { account_holder_type, account_type, bank_name, fingerprint, last4, routing_number } =
    account
  const known = { account_holder_type, account_type, bank_name, fingerprint, last4, routing_number }
  return { type: 'us_bank_account', us_bank_account: { ...known, payment_reference: null } }
}

function outcomeOf(
  decline: Decline | null,
  risk: 'normal' | 'elevated' | 'highest',
): Stripe.Charge.Outcome {
  const blocked = decline?.blocked === true
  return {
    advice_code: decline ? 'try_again_later' : null,
    network_advice_code: null,
    network_decline_code: decline ? '01' : null,
    network_status: blocked
      ? 'not_sent_to_network'
      : decline
        ? 'declined_by_network'
        : 'approved_by_network',
    reason: decline?.declineCode ?? null,
    risk_level: risk,
    risk_score: RISK_SCORES[risk] ?? 20,
    seller_message: decline
      ? 'The bank did not return any further details with this decline.'
      : 'Payment complete.',
    type: blocked ? 'blocked' : decline ? 'issuer_declined' : 'authorized',
  }
}

// From 0 to 99; Radar calls 65 elevated and 75 the highest.
const RISK_SCORES: Record<string, number> = { elevated: 70, highest: 80 }

function cardDetails(
  card: Stripe.PaymentMethod.Card,
  amount: number,
  decline: Decline | null,
): Stripe.Charge.PaymentMethodDetails.Card {
  return {
    amount_authorized: decline ? null : amount,
    authorization_code: null,
    brand: card.brand,
    checks: card.checks,
    country: card.country,
    electronic_commerce_indicator: null,
    exp_month: card.exp_month,
    exp_year: card.exp_year,
    fingerprint: card.fingerprint ?? null,
    funding: card.funding,
    installments: null,
    last4: card.last4,
    mandate: null,
    network: card.brand,
    network_token: { used: false },
    network_transaction_id: null,
    regulated_status: card.regulated_status,
    three_d_secure: null,
    transaction_link_id: null,
    wallet: null,
  }
}
