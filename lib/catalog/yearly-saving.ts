import type { Money } from '@/lib/money'

/** The saving of paying `yearly` once instead of `monthly` twelve times, in whole percent, rounded down. */
export function yearlySaving(monthly: Money, yearly: Money): number {
  return Math.floor((1 - yearly.amount / (monthly.amount * 12)) * 100)
}
