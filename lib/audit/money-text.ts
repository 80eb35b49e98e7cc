import { formatMoney } from '@/lib/money'

/**
 * The amount that a row of the trail names; null where it names none. Any version of the
 * application wrote it, so nothing of it is taken on trust.
 */
export function moneyText(after: Record<string, unknown> | null): string | null {
  const { amount, currency } = after ?? {}
  if (!Number.isSafeInteger(amount) || Number(amount) <= 0) return null
  if (typeof currency !== 'string' || !/^[a-z]{3}$/.test(currency)) return null
  return formatMoney({ amount: Number(amount), currency })
}
