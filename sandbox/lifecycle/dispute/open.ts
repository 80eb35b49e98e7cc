import { optionalId } from '@/sandbox/ids'
import { plan } from '@/sandbox/lifecycle/plan'
import { type Grounds, newDispute } from '@/sandbox/objects/dispute'
import type { Tx } from '@/sandbox/store/transaction'
import { endWarning } from './warn'

/** The cardholder disputes a charge: its amount is taken back until the bank has decided. */
export function openDispute(tx: Tx, chargeId: string, as: Grounds) {
  const charge = tx.edit('charge', chargeId)
  charge.disputed = true
  endWarning(tx, chargeId)
  const dispute = tx.insert('dispute', newDispute(tx.now, charge, as))
  plan(tx, optionalId(charge.customer), {
    id: `lapse:${dispute.id}`,
    at: dispute.evidence_details.due_by ?? tx.now,
    what: { kind: 'dispute_lapses', dispute: dispute.id },
  })
  tx.emit('charge.dispute.created', 'dispute', dispute.id)
  // A bank that only inquires takes nothing yet.
  if (as !== 'inquiry') tx.emit('charge.dispute.funds_withdrawn', 'dispute', dispute.id)
  tx.emit('charge.updated', 'charge', chargeId)
}

/** The bank has decided, or no answer came in time. */
export function closeDispute(tx: Tx, id: string, status: 'won' | 'lost') {
  const dispute = tx.edit('dispute', id)
  if (dispute.status === 'won' || dispute.status === 'lost') return
  dispute.status = status
  tx.emit('charge.dispute.closed', 'dispute', id)
  if (status === 'won') tx.emit('charge.dispute.funds_reinstated', 'dispute', id)
}
