import { type InvoiceId, isInvoiceId } from '@/lib/ids'
import type { Money } from '@/lib/money'
import type { OpenInvoice } from '@/lib/stripe/invoices'

/** That a plan which is paused goes on, and is charged a new period. */
const RESUMES = 'resumes'

/**
 * What a page says that its button charges, for its form: the verb charges this and nothing else. It binds
 * its own customer alone, so it needs no seal. Empty where the page named nothing.
 */
export function shownCharge(
  open: Pick<OpenInvoice, 'id' | 'remaining'> | null,
  { paused }: { paused: boolean } = { paused: false },
): string {
  if (open) return `${open.id} ${open.remaining.amount} ${open.remaining.currency}`
  return paused ? RESUMES : ''
}

/** The invoice that a form says its page showed, and the amount; null where it showed none. Whose it is proves nothing yet. */
export function readShownCharge(
  shown: string | undefined,
): { id: InvoiceId; remaining: Money } | null {
  const [id, amount, currency, ...more] = (shown ?? '').split(' ')
  if (!isInvoiceId(id) || !currency || more.length > 0 || !/^\d+$/.test(amount ?? '')) return null
  return { id, remaining: { amount: Number(amount), currency } }
}

/** What a form says that its page named, in our own words; empty for any other. */
export function readShown(shown: string | undefined): string {
  const open = readShownCharge(shown)
  return open || shown === RESUMES ? shownCharge(open, { paused: !open }) : ''
}
