import type { InvoiceSnapshot } from '@/lib/stripe/invoices'

/**
 * Whether an invoice is what an ended subscription left behind: it asks for a period of it, or was
 * there before the end. One that was made at the end itself charges what was used until then, and one
 * that was made later was meant: neither is touched.
 */
export function isLeftOver(
  { created, billingReason }: Pick<InvoiceSnapshot, 'created' | 'billingReason'>,
  endedAt: Date,
): boolean {
  return created < endedAt || isForPeriod(billingReason)
}

/** Whether it asks for a whole period, and not for a change within one. */
export function isForPeriod(billingReason: string | null): boolean {
  return billingReason === 'subscription_cycle' || billingReason === 'subscription_create'
}
