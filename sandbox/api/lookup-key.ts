import { ApiError } from '@/sandbox/http/api-error'
import type { Tx } from '@/sandbox/store/transaction'

/** Gives a lookup key to a price. A key that another price has is refused, unless it is to be transferred. */
export function takeLookupKey(tx: Tx, id: string, key: string, transfer: boolean) {
  const owner = tx.all('price').find((price) => price.lookup_key === key && price.id !== id)
  if (owner && !transfer) {
    throw ApiError.invalid(
      `A price (\`${owner.id}\`) already uses that lookup key. Set \`transfer_lookup_key\` to move the key to this price.`,
      'lookup_key',
      'resource_already_exists',
    )
  }
  if (owner) {
    tx.edit('price', owner.id).lookup_key = null
    tx.emit('price.updated', 'price', owner.id)
  }
  tx.edit('price', id).lookup_key = key
}
