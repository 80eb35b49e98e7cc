import type { Money } from '@/lib/money'
import type { OpenInvoice } from '@/lib/stripe/invoices'

/** What is owed now of a plan: all that its open invoices still ask for. */
export function owedOf({ remaining, earlier = [] }: OpenInvoice): Money {
  const all = [remaining, ...earlier.map((each) => each.remaining)]
  return { amount: all.reduce((sum, { amount }) => sum + amount, 0), currency: remaining.currency }
}
