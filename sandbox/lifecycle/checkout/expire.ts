import type { Tx } from '@/sandbox/store/transaction'

/** Closes an open, unpaid session. */
export function expireSession(tx: Tx, id: string) {
  const session = tx.edit('checkout.session', id)
  session.status = 'expired'
  session.url = null
  tx.emit('checkout.session.expired', 'checkout.session', id)
}
