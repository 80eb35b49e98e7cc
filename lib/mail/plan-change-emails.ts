import { carriedText } from '@/lib/carried-text'
import { PLANS, type Tier } from '@/lib/catalog/plans'
import { formatDay } from '@/lib/day'
import { intervalWords } from '@/lib/interval-words'
import { formatMoney, type Money } from '@/lib/money'
import type { Mail } from './mail'
import { renderEmail } from './render'

/** What is bought; `interval` as our records have it, such as `month` or `3 month`. */
export type Bought = { tier: Tier; interval: string | null; quantity: number }

export type ChangedPlan = Bought & {
  to: string
  /** What was charged for the change; null where nothing was. */
  paid: { amount: Money; at: Date } | null
  /** What it asked for and was too little to be charged: it is owed with the next invoice. */
  carried: Money | null
  /** It came with a renewal, which is charged by itself, and has an email of its own. */
  renews: boolean
  /** What Stripe charges next; null where nothing follows, or it is not known. */
  next: { amount: Money; at: Date; isDrafted: boolean } | null
  endsAt: Date | null
  billingUrl: string
}

/** A plan is another than before: which, what was charged for that, and what follows. */
export function planChangedEmail(changed: ChangedPlan): Mail {
  const { to, paid, carried, renews, next, endsAt, billingUrl } = changed
  // What is drafted is charged, whatever is to end after it.
  const follows = next && (!endsAt || next.isDrafted) ? next : null
  const name = inWords(changed)
  return renderEmail({
    to,
    subject: `Your plan is now ${name}`,
    paragraphs: [
      paid
        ? `Your plan is now ${name}. ${formatMoney(paid.amount)} was charged for the change on ${formatDay(paid.at)}.`
        : `Your plan is now ${name}.${renews ? '' : ' Nothing was charged for the change.'}`,
      ...whatFollows(follows),
      ...(carried ? [carriedText(carried)] : []),
      ...(endsAt ? [`It is set to end on ${formatDay(endsAt)}.`] : []),
    ],
    facts: [
      ['Plan', name],
      paid ? ['Charged', formatMoney(paid.amount)] : null,
      follows ? [`Next charge, ${formatDay(follows.at)}`, formatMoney(follows.amount)] : null,
    ],
    link: { label: 'See your plan', url: billingUrl },
  })
}

export type ComingPlan = Bought & {
  to: string
  at: Date
  /** What Stripe charges on that day; null where it is not known. */
  charge: Money | null
  billingUrl: string
}

/** A plan is to be another from a day on: which, what is charged then, and that it can be undone. */
export function planChangesEmail(coming: ComingPlan): Mail {
  const { to, at, charge, billingUrl } = coming
  const name = inWords(coming)
  const day = formatDay(at)
  const amount = charge ? `, and ${formatMoney(charge)} is charged on that day` : ''
  return renderEmail({
    to,
    subject: `Your plan changes to ${name} on ${day}`,
    paragraphs: [
      `From ${day} on your plan is ${name}${amount}. Until then it stays as it is.`,
      'Until that day you can undo the change.',
    ],
    facts: [
      ['Plan', name],
      ['From', day],
      charge ? ['Charged on that day', formatMoney(charge)] : null,
    ],
    link: { label: 'See or undo the change', url: billingUrl },
  })
}

function whatFollows(next: ChangedPlan['next']): string[] {
  if (!next) return []
  return [`The next charge is ${formatMoney(next.amount)} on ${formatDay(next.at)}.`]
}

function inWords({ tier, interval, quantity }: Bought): string {
  const { name } = PLANS[tier]
  const plan = quantity === 1 ? name : `${quantity} × ${name}`
  const words = intervalWords(interval)
  return words ? `${plan}, billed ${words.billed}` : plan
}
