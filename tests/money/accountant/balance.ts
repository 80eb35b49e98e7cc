import type Stripe from 'stripe'

/**
 * A customer's credit balance, in minor units: the part that was paid for or given, and the part that was
 * not paid for. `lent`: what of the second went into invoices that are void by now; Stripe gives it back.
 */
export type Balance = { paid: number; unpaid: number; lent: number }

/**
 * Stripe says that the balance is `total`. An operator gave the rest; what is taken away is taken
 * from the unpaid part first.
 */
export function agree(balance: Balance, total: number) {
  const difference = total - balance.paid - balance.unpaid
  if (difference >= 0) {
    const back = Math.min(difference, balance.lent)
    balance.lent -= back
    balance.unpaid += back
    balance.paid += difference - back
    return
  }
  const fromUnpaid = Math.min(balance.unpaid, -difference)
  balance.unpaid -= fromUnpaid
  balance.paid += difference + fromUnpaid
}

/**
 * An invoice gives more credit than it asks for: what was paid for is used first, and `left` is put aside.
 * Returns how much of the unpaid credit was used.
 */
export function putAside(balance: Balance, left: number, unpaid: number): number {
  const unpaidLeft = Math.min(unpaid, left)
  balance.unpaid += unpaidLeft
  balance.paid += left - unpaidLeft
  return unpaid - unpaidLeft
}

/** An invoice is paid from the balance, the paid part first. Returns how much of the unpaid was drawn. */
export function draw(
  balance: Balance,
  { starting_balance, ending_balance, status }: Readonly<Stripe.Invoice>,
): number {
  // A debt that is carried over to the next invoice, or from the one before, is no credit that is drawn.
  const drawn = Math.min(0, ending_balance ?? 0) - Math.min(0, starting_balance)
  const fromPaid = Math.min(balance.paid, drawn)
  const fromUnpaid = drawn - fromPaid
  balance.paid -= fromPaid
  balance.unpaid -= fromUnpaid
  if (status === 'void') balance.lent += fromUnpaid
  return fromUnpaid
}
