import type { Billing } from '@/lib/billing/billing'

/** Whether what is charged next is the sum of what its lines, discounts, tax and balance say. */
export function addsUp({ next }: Billing): boolean {
  // A change is shown with what it alone costs.
  if (next.kind !== 'charge' || next.charge.change) return true
  const { lines, discounts, tax, total, balance, due } = next.charge
  const sum = (all: readonly { amount: number }[]) => all.reduce((n, { amount }) => n + amount, 0)
  return sum(lines) - sum(discounts) + tax.added === total && total + balance === due
}
