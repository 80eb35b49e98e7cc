import type Stripe from 'stripe'
import { newId } from '@/sandbox/ids'

const DAY = 86_400
// What card networks usually give for an answer.
const ANSWER_SECONDS = 21 * DAY

/** What the cardholder says; a bank that inquires has not decided to dispute yet. */
export type Grounds = 'fraudulent' | 'product_not_received' | 'inquiry' | 'noncompliant'

const CASES: Partial<Record<Grounds, string>> = { inquiry: 'inquiry', noncompliant: 'compliance' }

// Visa's own codes of what a cardholder may say.
const REASON_CODES: Record<Grounds, string | null> = {
  fraudulent: '10.4',
  inquiry: '10.4',
  noncompliant: null,
  product_not_received: '13.1',
}

/** A dispute by a cardholder who says that a charge was not theirs. */
export function newDispute(
  now: number,
  charge: Readonly<Stripe.Charge>,
  as: Grounds,
): Stripe.Dispute {
  return {
    id: newId('du'),
    object: 'dispute',
    amount: charge.amount,
    balance_transactions: [],
    charge: charge.id,
    created: now,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: {
      access_activity_log: null,
      billing_address: null,
      cancellation_policy: null,
      cancellation_policy_disclosure: null,
      cancellation_rebuttal: null,
      customer_communication: null,
      customer_email_address: null,
      customer_name: null,
      customer_purchase_ip: null,
      customer_signature: null,
      duplicate_charge_documentation: null,
      duplicate_charge_explanation: null,
      duplicate_charge_id: null,
      enhanced_evidence: {},
      product_description: null,
      receipt: null,
      refund_policy: null,
      refund_policy_disclosure: null,
      refund_refusal_explanation: null,
      service_date: null,
      service_documentation: null,
      shipping_address: null,
      shipping_carrier: null,
      shipping_date: null,
      shipping_documentation: null,
      shipping_tracking_number: null,
      uncategorized_file: null,
      uncategorized_text: null,
    },
    evidence_details: {
      due_by: now + ANSWER_SECONDS,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: as === 'inquiry',
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    payment_method_details: {
      card: {
        brand: 'visa',
        case_type: CASES[as] ?? 'chargeback',
        network: 'visa',
        network_reason_code: REASON_CODES[as],
      },
      type: 'card',
    },
    reason: as === 'inquiry' ? 'fraudulent' : as,
    status: as === 'inquiry' ? 'warning_needs_response' : 'needs_response',
  }
}
