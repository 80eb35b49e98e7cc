import { formatDay } from '@/lib/day'
import { intervalWords } from '@/lib/interval-words'
import { formatMoney, type Money } from '@/lib/money'
import type { Mail } from './mail'
import { renderEmail } from './render'

type MovedPrice = {
  to: string
  /** What is bought, such as `3 × Pro`. */
  plan: string
  /** As our records have it, such as `month` or `3 month`. */
  interval: string | null
  at: Date
  /** What an invoice comes to before that day, with discounts and taxes. */
  before: Money
  billingUrl: string
}

/** A price is to change: from which day, from what to what, and how not to pay it. `after`: by Stripe's preview. */
export function priceChangesEmail(given: MovedPrice & { after: Money }): Mail {
  const { to, plan, at, before, after, billingUrl } = given
  const day = formatDay(at)
  const words = intervalWords(given.interval)
  const per = words ? `, ${words.per}` : ''
  return renderEmail({
    to,
    subject: `The price of ${plan} changes on ${day}`,
    paragraphs: [
      `From ${day} on, ${plan} costs ${formatMoney(after)}${perOf(given)} instead of ${formatMoney(before)}, your discounts and taxes included. Until that day nothing changes, and what you have stays the same.`,
      'To go on, you need not do anything. If you cancel before that day, the new price is never charged: your plan ends with what is paid for. You can also choose another plan.',
    ],
    facts: [
      ['Plan', plan],
      [`Now${per}`, formatMoney(before)],
      [`From ${day} on${per}`, formatMoney(after)],
    ],
    link: { label: 'See, change or cancel your plan', url: billingUrl },
  })
}

/** A price that was to change does not. */
export function priceStaysEmail(given: MovedPrice): Mail {
  const { to, plan, at, before, billingUrl } = given
  const price = `${formatMoney(before)}${perOf(given)}`
  return renderEmail({
    to,
    subject: `The price of ${plan} stays as it is`,
    paragraphs: [
      `We wrote to you that the price of ${plan} changes on ${formatDay(at)}. It does not: you go on paying ${price}, your discounts and taxes included.`,
    ],
    facts: [
      ['Plan', plan],
      ['Price', price],
    ],
    link: { label: 'See your plan', url: billingUrl },
  })
}

// ` a month`, ` every 3 months`; nothing where it is not known.
function perOf({ interval }: MovedPrice): string {
  const words = intervalWords(interval)
  return words ? ` ${words.per}` : ''
}
