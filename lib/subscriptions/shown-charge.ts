import type { OpenInvoice } from '@/lib/stripe/invoices'

/** That a plan which is paused goes on, and is charged a new period. */
const RESUMES = 'resumes'

/**
 * What a page says that a new card is charged at once, for its form: the verb charges this and nothing else.
 * It binds its own customer alone, so it needs no seal. Empty where the page named nothing.
 */
export function shownCharge(
  open: Pick<OpenInvoice, 'id' | 'remaining'> | null,
  { paused }: { paused: boolean },
): string {
  if (open) return `${open.id} ${open.remaining.amount} ${open.remaining.currency}`
  return paused ? RESUMES : ''
}
