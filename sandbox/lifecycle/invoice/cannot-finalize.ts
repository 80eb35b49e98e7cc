import type { Tx } from '@/sandbox/store/transaction'

/** A draft whose taxes cannot be reckoned stays one, and emits that: its customer's country has to be known first. */
export function cannotFinalize(tx: Tx, id: string): boolean {
  const { automatic_tax: tax } = tx.get('invoice', id)
  if (!tax.enabled || tax.status !== 'requires_location_inputs') return false
  const invoice = tx.edit('invoice', id)
  invoice.automatically_finalizes_at = null
  invoice.last_finalization_error = {
    code: 'customer_tax_location_invalid',
    message:
      "The customer's location isn't recognized. Set a valid customer address in order to automatically calculate tax.",
    type: 'invalid_request_error',
  }
  tx.emit('invoice.finalization_failed', 'invoice', id)
  tx.emit('invoice.updated', 'invoice', id)
  return true
}
