import { type InvoiceId, isInvoiceId } from '@/lib/ids'
import type { Money } from '@/lib/money'
import type { OpenInvoice } from '@/lib/stripe/invoices'

/** That a plan which is paused goes on, and is charged a new period. */
const RESUMES = 'resumes'

/**
 * What a page says that its button charges, for its form: the verb charges this and nothing else. It binds
 * its own customer alone, so it needs no seal. Empty where the page named nothing.
 * @param resumption what a plan that is paused is charged when it goes on
 */
export function shownCharge(
  open: (Pick<OpenInvoice, 'id' | 'remaining'> & Partial<Pick<OpenInvoice, 'isProcessing'>>) | null,
  resumption: Money | null = null,
): string {
  // An order that is with its bank is not charged a second time, though it may come back after the page was made.
  if (open?.isProcessing) return ''
  if (open) return `${open.id} ${open.remaining.amount} ${open.remaining.currency}`
  return resumption ? `${RESUMES} ${resumption.amount} ${resumption.currency}` : ''
}

/** The invoice that a form says its page showed, and the amount; null where it showed none. Whose it is proves nothing yet. */
export function readShownCharge(
  shown: string | undefined,
): { id: InvoiceId; remaining: Money } | null {
  const { what, money } = parse(shown)
  return isInvoiceId(what) && money ? { id: what, remaining: money } : null
}

/** What a form says that its page named, in our own words; empty for any other. */
export function readShown(shown: string | undefined): string {
  const { what, money } = parse(shown)
  return shownCharge(readShownCharge(shown), what === RESUMES ? money : null)
}

function parse(shown: string | undefined): { what: string | undefined; money: Money | null } {
  const [what, amount, currency, ...more] = (shown ?? '').split(' ')
  const isWhole = currency && more.length === 0 && /^\d+$/.test(amount ?? '')
  return { what, money: isWhole ? { amount: Number(amount), currency } : null }
}
