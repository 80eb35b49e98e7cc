import { type InvoiceId, isInvoiceId } from '@/lib/ids'
import type { Money } from '@/lib/money'
import type { OpenInvoice } from '@/lib/stripe/invoices'

/** That a plan which is paused goes on, and is charged a new period. */
const RESUMES = 'resumes'

// Stripe makes an invoice a period, and gives up after some weeks: more of one plan are not paid with one press.
const MOST = 20

type Shown = Pick<OpenInvoice, 'id' | 'remaining'> &
  Partial<Pick<OpenInvoice, 'isProcessing' | 'earlier'>>

/** An invoice that a page showed, and its amount. */
type ShownInvoice = { id: InvoiceId; remaining: Money }

/**
 * What a page says that its button charges, for its form: the verb charges this and nothing else. It binds
 * its own customer alone, so it needs no seal. Empty where the page named nothing. Of several invoices the oldest is
 * the first.
 * @param resumption what a plan that is paused is charged when it goes on
 */
export function shownCharge(open: Shown | null, resumption: Money | null = null): string {
  // An order that is with its bank is not charged a second time, though it may come back after the page was made.
  if (open?.isProcessing) return ''
  if (open) return [...(open.earlier ?? []), open].map(invoiceText).join(' ')
  return resumption ? moneyText(RESUMES, resumption) : ''
}

/**
 * The invoices that a form says its page showed, and the amounts; none where it showed none. Whose
 * they are proves nothing yet.
 */
export function readShownCharges(shown: string | undefined): ShownInvoice[] {
  const words = (shown ?? '').split(' ')
  if (words.length % 3 !== 0 || words.length > 3 * MOST) return []
  const all = Array.from({ length: words.length / 3 }, (_, nth) =>
    invoiceIn(words.slice(3 * nth, 3 * nth + 3)),
  )
  const known = all.filter((each) => each !== null)
  const ids = new Set(known.map(({ id }) => id))
  return known.length === all.length && ids.size === all.length ? known : []
}

/** What a form says that its page named, in our own words; empty for any other. */
export function readShown(shown: string | undefined): string {
  const invoices = readShownCharges(shown)
  if (invoices.length > 0) return invoices.map(invoiceText).join(' ')
  const words = (shown ?? '').split(' ')
  const resumption = words[0] === RESUMES && words.length === 3 ? moneyIn(words) : null
  return shownCharge(null, resumption)
}

function invoiceText({ id, remaining }: ShownInvoice): string {
  return moneyText(id, remaining)
}

function moneyText(what: string, { amount, currency }: Money): string {
  return `${what} ${amount} ${currency}`
}

function invoiceIn(words: readonly (string | undefined)[]): ShownInvoice | null {
  const [what] = words
  const remaining = moneyIn(words)
  return isInvoiceId(what) && remaining ? { id: what, remaining } : null
}

function moneyIn([, amount, currency]: readonly (string | undefined)[]): Money | null {
  return currency && /^\d+$/.test(amount ?? '') ? { amount: Number(amount), currency } : null
}
