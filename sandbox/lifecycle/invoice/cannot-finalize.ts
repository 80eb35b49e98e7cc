import type { Tx } from '@/sandbox/store/transaction'

/** A draft whose taxes nobody can reckon stays one, and says so: its customer has to be found first. */
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
