import type { CreditPayment, Invoice } from '@/lib/billing/invoices'
import { carriedText } from '@/lib/carried-text'
import { formatMoney } from '@/lib/money'
import { backNotes, backWord } from './back-words'
import type { Word } from './word'

// Stripe's words for why it made an invoice (docs.stripe.com/api/invoices/object#invoice_object-billing_reason).
const REASONS: ReadonlyMap<string, string> = new Map([
  ['subscription_create', 'First payment'],
  // A quote that was accepted begins a subscription.
  ['quote_accept', 'First payment'],
  ['subscription_cycle', 'Renewal'],
  ['subscription_update', 'Change of plan'],
  // What was used came to so much that it is billed before the period is over.
  ['subscription_threshold', 'Usage'],
  ['automatic_pending_invoice_item_invoice', 'Extra items'],
  ['manual', 'Single invoice'],
])

/** What an invoice was made for, in plain words. */
export function reasonText({ billingReason, total }: Invoice): string {
  const isFirst = REASONS.get(billingReason ?? '') === 'First payment'
  if (isFirst && total.amount === 0) return 'Start of your plan'
  if (total.amount < 0) return 'Credit to your account'
  return REASONS.get(billingReason ?? '') ?? 'Invoice'
}

/** What is on it, in Stripe's words: what was bought before what was given back for it. */
export function linesText({ lines }: Invoice): string | null {
  const texts = [...lines]
    .sort((one, other) => Number(one.isProration) - Number(other.isProration))
    .flatMap(({ text }) => (text ? [text] : []))
  const [first, ...rest] = texts
  if (!first) return null
  return rest.length === 0 ? first : `${first}, and ${rest.length} more`
}

/** Where it stands. A bank's order that has not been carried out is never called paid, and neither is nothing. */
export function invoiceWord(invoice: Invoice): Word {
  const { status, total, isProcessing, carried } = invoice
  switch (status) {
    case 'open':
      return isProcessing
        ? { word: 'Processing', icon: 'clock', tone: 'info' }
        : { word: 'To pay', icon: 'alert', tone: 'warn' }
    case 'paid':
      if (carried.amount > 0) return { word: 'Carried over', icon: 'clock', tone: 'info' }
      return total.amount <= 0
        ? { word: 'Nothing due', icon: 'dash', tone: 'neutral' }
        : (backWord(invoice) ?? { word: 'Paid', icon: 'check', tone: 'ok' })
    case 'draft':
      return { word: 'Being made', icon: 'clock', tone: 'info' }
    case 'void':
      return { word: 'Void', icon: 'dash', tone: 'neutral' }
    case 'uncollectible':
      return { word: 'Not paid', icon: 'dash', tone: 'neutral' }
    case 'unknown':
      return { word: 'Being checked', icon: 'info', tone: 'info' }
  }
}

/** Where a payment without an invoice stands. */
export function creditWord({ state, refunded }: CreditPayment): Word {
  if (state === 'paid' && refunded.amount > 0) return PARTLY_REFUNDED
  return CREDIT_WORDS[state]
}

const PARTLY_REFUNDED: Word = { word: 'Partly refunded', icon: 'dash', tone: 'neutral' }

const CREDIT_WORDS: Record<CreditPayment['state'], Word> = {
  paid: { word: 'Paid', icon: 'check', tone: 'ok' },
  refunded: { word: 'Refunded', icon: 'dash', tone: 'neutral' },
  processing: { word: 'Processing', icon: 'clock', tone: 'info' },
  failed: { word: 'Not paid', icon: 'dash', tone: 'neutral' },
  free: { word: 'Nothing due', icon: 'dash', tone: 'neutral' },
}

/** What became of the money of credits, where the state does not say it. */
export function creditNote({ state, refunded }: CreditPayment): string | null {
  if (state === 'failed') return 'Your bank returned it. You were not charged.'
  if (state === 'processing') return 'Its credits are here as soon as the money is.'
  return refunded.amount > 0 ? `${formatMoney(refunded)} was sent back to you` : null
}

/** What the amount alone does not say; null where it says everything. */
export function amountNote(invoice: Invoice): string | null {
  const notes = [paidNote(invoice), ...backNotes(invoice)].filter((note) => note !== null)
  return notes.length > 0 ? notes.join('. ') : null
}

function paidNote({ status, total, paid, remaining, takenOff, carried }: Invoice): string | null {
  const off = takenOff.amount > 0 ? `${formatMoney(takenOff)} was taken off` : null
  if (status === 'open') {
    // What was owed from before, or credit, is in what is asked for.
    const isPaidInPart = paid.amount > 0
    if (off)
      return `of ${formatMoney(total)}; ${off}${isPaidInPart ? ', and the rest is paid' : ''}`
    if (remaining.amount > total.amount) return 'with a balance from before'
    if (remaining.amount !== total.amount)
      return `of ${formatMoney(total)}; the rest is ${isPaidInPart ? 'paid' : 'paid with credit'}`
  }
  if (carried.amount > 0) return carriedText(carried)
  if (status === 'paid' && off && paid.amount + takenOff.amount === total.amount) return off
  if (status !== 'paid' || total.amount <= 0 || paid.amount === total.amount) return null
  if (paid.amount === 0) return 'Paid without a charge, such as with credit'
  if (paid.amount < total.amount) return `${formatMoney(paid)} charged, the rest paid with credit`
  return `${formatMoney(paid)} charged, with a balance from before`
}
