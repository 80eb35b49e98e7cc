import type { Billing } from '@/lib/billing/billing'
import { formatMoney } from '@/lib/money'
import { owedOf } from '@/lib/owed'

/**
 * What is charged although the plan is not renewed: what was billed before, and is drafted, open or with a bank. Null
 * where nothing is. As a sentence of its own.
 */
export function stillCharged({ next, open, money, collectionPaused }: Billing): string | null {
  if (next.kind === 'charge' && next.charge.isDrafted) {
    const { due: amount, currency } = next.charge
    if (amount === 0) return null
    return `${formatMoney({ amount, currency })} for the period that has begun is still charged, and nothing after it.`
  }
  if (open)
    return `${formatMoney(owedOf(open))} that is open is still charged, and nothing after it.`
  const isBilled = money.payment === 'draft' || money.payment === 'open' || money.payment === 'sent'
  // While collection is paused a draft is let pass.
  if (!isBilled || (collectionPaused && money.payment === 'draft')) return null
  return 'What was billed for the period that has begun is still charged, and nothing after it.'
}
