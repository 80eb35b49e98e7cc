import type { Money as Amount } from '@/lib/money'
import { formatMoney } from '@/lib/money'

/** `trim` drops the decimals of a whole amount, as a price list does and a receipt does not. */
export function Money({ of, trim = false }: { of: Amount; trim?: boolean }) {
  return (
    <span translate="no" className="whitespace-nowrap">
      {formatMoney(of, 'en-US', { trim })}
    </span>
  )
}
