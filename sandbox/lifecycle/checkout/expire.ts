import type { Tx } from '@/sandbox/store/transaction'

/** Closes an open session that nobody paid. */
export function expireSession(tx: Tx, id: string) {
  const session = tx.edit('checkout.session', id)
  session.status = 'expired'
  session.url = null
  tx.emit('checkout.session.expired', 'checkout.session', id)
}
