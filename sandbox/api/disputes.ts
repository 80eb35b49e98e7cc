import { ApiError } from '@/sandbox/http/api-error'
import { endpoint } from '@/sandbox/http/endpoint'
import { page, paging, range, within } from '@/sandbox/http/listing'
import { metadata, withMetadata } from '@/sandbox/http/metadata'
import { clearable, flag, hash, ignored, text } from '@/sandbox/http/rules'
import { idOf, optionalId } from '@/sandbox/ids'
import { closeDispute } from '@/sandbox/lifecycle/dispute/open'
import type { Tx } from '@/sandbox/store/transaction'

export const getDispute = endpoint('GET', '/v1/disputes/:id', {}, ({ tx, id }) =>
  tx.get('dispute', id),
)

export const listDisputes = endpoint(
  'GET',
  '/v1/disputes',
  { ...paging, charge: text(), payment_intent: text(), created: range() },
  ({ tx, params }) =>
    page(
      tx.all('dispute'),
      params,
      '/v1/disputes',
      (row) =>
        (params.charge === undefined || idOf(row.charge) === params.charge) &&
        (params.payment_intent === undefined ||
          optionalId(row.payment_intent) === params.payment_intent) &&
        within(row.created, params.created),
    ),
)

const TEXTS = [
  'access_activity_log',
  'billing_address',
  'cancellation_policy',
  'cancellation_policy_disclosure',
  'cancellation_rebuttal',
  'customer_communication',
  'customer_email_address',
  'customer_name',
  'customer_purchase_ip',
  'customer_signature',
  'duplicate_charge_documentation',
  'duplicate_charge_explanation',
  'duplicate_charge_id',
  'product_description',
  'receipt',
  'refund_policy',
  'refund_policy_disclosure',
  'refund_refusal_explanation',
  'service_date',
  'service_documentation',
  'shipping_address',
  'shipping_carrier',
  'shipping_date',
  'shipping_documentation',
  'shipping_tracking_number',
  'uncategorized_file',
  'uncategorized_text',
] as const

// Stripe's limit for one of them.
const MAX_TEXT = 20_000

const EVIDENCE = {
  ...Object.fromEntries(TEXTS.map((name) => [name, text(MAX_TEXT)])),
  enhanced_evidence: clearable(ignored()),
}

/** As at Stripe in test mode, the words of the evidence decide: `winning_evidence` wins, others lose. */
export const answerDispute = endpoint(
  'POST',
  '/v1/disputes/:id',
  { evidence: hash(EVIDENCE), submit: flag(), metadata: metadata() },
  ({ tx, id, params }) => {
    requireOpen(tx, id)
    const dispute = tx.edit('dispute', id)
    dispute.metadata = withMetadata(dispute.metadata, params.metadata)
    const { enhanced_evidence: _enhanced, ...given } = params.evidence ?? {}
    Object.assign(dispute.evidence, given)
    if (Object.keys(given).length > 0) dispute.evidence_details.has_evidence = true
    tx.emit('charge.dispute.updated', 'dispute', id)
    const words = dispute.evidence.uncategorized_text
    if (!params.evidence || params.submit === false) return dispute
    dispute.evidence_details.submission_count += 1
    dispute.evidence_details.submission_method = 'manual'
    closeDispute(tx, id, words === 'winning_evidence' ? 'won' : 'lost')
    return dispute
  },
)

export const acceptDispute = endpoint('POST', '/v1/disputes/:id/close', {}, ({ tx, id }) => {
  requireOpen(tx, id)
  closeDispute(tx, id, 'lost')
  return tx.get('dispute', id)
})

function requireOpen(tx: Tx, id: string) {
  const { status } = tx.get('dispute', id)
  if (status === 'needs_response' || status === 'warning_needs_response') return
  throw ApiError.invalid(`This dispute is ${status}, and can no longer be changed.`)
}
