import type { IconName } from '@/app/components/icons'
import type { Tone } from '@/app/components/tone'
import type { Billing } from '@/lib/billing/billing'
import { formatDay } from '@/lib/day'
import { formatMoney } from '@/lib/money'
import { owedOf } from '@/lib/owed'
import { shownCharge } from '@/lib/subscriptions/shown-charge'
import type { Act, Charging } from './act-button'

/** Everything that a page may have to say above a plan. Each has its story in tests/strips/stories.ts. */
export const STRIP_KINDS = [
  // Stripe has given up, and nothing is on until what is open is paid.
  'unpaid',
  // A renewal failed.
  'past_due',
  // The first payment waits for its bank.
  'incomplete',
  // A bank debit is on its way, or a change waits for its payment.
  'processing',
  // A second subscription is charged, too.
  'duplicate',
  // A payment is disputed at its bank.
  'dispute',
  // The uses of this month are spent.
  'limit',
  // It is set to end.
  'ending',
  // Nothing is collected, or the trial ended without a card.
  'paused',
  'trial',
  // It is over, or never began.
  'ended',
  // What was paid for this period went back.
  'returned',
  // The card is not valid any more when the next charge comes.
  'card_expires',
  // A state that Stripe may add one day.
  'unknown',
] as const

export type StripKind = (typeof STRIP_KINDS)[number]

export type Strip = {
  kind: StripKind
  tone: Tone
  icon: IconName
  title: string
  detail: string
  /** Where the remedy is. */
  action: StripAction | null
  /** Another one, where there are two. */
  also?: StripAction
  /** The way out of what was begun. */
  out?: StripAction
}

export type StripAction =
  // Something that the button does.
  | { to: Exclude<Act, Charging>; label: string }
  // Charges what is shown, and nothing where no amount is (`shownCharge`).
  | { to: Charging; label: string; shown: string }
  // Our own plans, the page where one is canceled, or the invoices.
  | { to: 'plans' | 'cancel' | 'invoices'; label: string }
  // A new email to the people who run this app.
  | { to: 'write'; label: string; url: string }
  // Stripe's page of what is open.
  | { to: 'invoice'; label: string; url: string }

/** Something must be done, or the plan is lost. */
export function danger(
  kind: Strip['kind'],
  title: string,
  rest: Pick<Strip, 'detail' | 'action' | 'also' | 'out'>,
): Strip {
  return { kind, tone: 'danger', icon: 'alert', title, ...rest }
}

/** A state that is as it should be, or as its owner wanted it. */
export function calm(
  kind: Strip['kind'],
  title: string,
  rest: Pick<Strip, 'detail'> & Partial<Strip>,
): Strip {
  return { tone: 'neutral', icon: 'dash', action: null, ...rest, kind, title }
}

/** The button to another card, which what stands beside it as open is charged to at once. */
export function cardAction({ open, resumption }: Billing, label = 'Use another card'): StripAction {
  return { to: 'card', label, shown: shownCharge(open, resumption) }
}

/** Of several invoices that are owed: how many, and of which amounts, as a sentence of its own. */
export function several({ open }: Billing): string {
  if (!open?.earlier?.length) return ''
  const all = [...open.earlier, open].map(({ remaining }) => formatMoney(remaining))
  return ` That is ${all.length} invoices: ${all.join(' and ')}.`
}

/** The way to the invoices, where several are owed: there each is paid by itself. */
export function eachByItself({ open }: Billing): { out?: StripAction } {
  return open?.earlier?.length ? { out: { to: 'invoices', label: 'Pay one by one' } } : {}
}

/** What stands beside a plan that is set to end, as a sentence of its own; nothing where it is not. */
export function alsoEnds({ isCanceling, cancelAt, currentPeriodEnd }: Billing): string {
  const end = cancelAt ?? currentPeriodEnd
  return isCanceling && end ? ` It is set to end on ${formatDay(end)}.` : ''
}

/** A payment that is with its bank: what comes, since when, and until when; nothing of it is asked for again. */
export function onItsWay(open: NonNullable<Billing['open']>): string {
  const since = open.processingSince
  if (!since) return 'Your bank was asked for it, and there is nothing to pay until it answers.'
  return `Your bank was asked for it on ${formatDay(since)} and usually answers by ${formatDay(arrival(since))}. Until then there is nothing to pay.`
}

// Business days of a bank debit in the United States, with a weekend: what most banks keep.
const USUALLY_DAYS = 6

/** When the money of a bank debit is usually there. */
export function arrival(started: Date): Date {
  return new Date(started.getTime() + USUALLY_DAYS * 86_400_000)
}

/** The button that pays what is open: its form sends the very invoice and amount that its label names. */
export function payAction(
  open: Billing['open'],
  known: (amount: string) => string = (amount) => `Pay ${amount} now`,
  unknown = 'Pay now',
): StripAction | null {
  if (open?.isProcessing) return null
  const label = open ? known(formatMoney(owedOf(open))) : unknown
  return { to: 'pay', label, shown: shownCharge(open) }
}
