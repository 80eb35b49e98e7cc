import { formatMoney, type Money } from './money'

/** What is owed and too little to be charged by itself: a debt, and no credit. */
export function carriedText(carried: Money): string {
  return `${formatMoney(carried)} is too little to be charged by itself: it is added to your next invoice.`
}
