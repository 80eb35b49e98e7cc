import { carriedText } from '@/lib/carried-text'
import { formatDay } from '@/lib/day'
import { formatMoney, type Money } from '@/lib/money'
import type { Mail } from './mail'
import { renderEmail } from './render'

/** A plan that is billed for a year or longer renews soon: what is charged, for how long, when, and how not to. */
export function yearlyRenewalEmail(given: {
  to: string
  /** Null where our records do not know its price. */
  plan: string | null
  /** What is paid for, in words: `a year`, `2 years`. */
  span: string
  /** By Stripe's own preview. */
  charge: Money
  /** What is too little to be charged then: it is owed with the invoice after it. */
  carried: Money
  at: Date
  billingUrl: string
}): Mail {
  const { to, plan, span, charge, carried, at, billingUrl } = given
  const name = plan ?? 'Your plan'
  const day = formatDay(at)
  return renderEmail({
    to,
    subject: `${name} renews for ${span} on ${day}`,
    paragraphs: [
      charge.amount === 0
        ? `${name} renews for ${span} on ${day}, and nothing is charged on that day.`
        : `${formatMoney(charge)} for ${span} of ${plan ?? 'your plan'} is charged on ${day}.`,
      ...(carried.amount > 0 ? [carriedText(carried)] : []),
      'If you cancel before, nothing is charged and it ends on that day.',
    ],
    facts: [
      ['Plan', name],
      ['Charged', formatMoney(charge)],
      ['On', day],
    ],
    link: { label: 'See or cancel your plan', url: billingUrl },
  })
}
