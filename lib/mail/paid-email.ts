import { carriedText } from '@/lib/carried-text'
import { formatDay } from '@/lib/day'
import { formatMoney, type Money } from '@/lib/money'
import type { Mail } from './mail'
import { type EmailFact, renderEmail } from './render'

export type PaidInvoice = {
  to: string
  /** `first`: of a plan, or after its trial. `recovered`: it had failed before. */
  about: 'first' | 'recovered'
  /** Null where our records do not know its price. */
  plan: string | null
  /** What left the card or account for it. */
  paid: Money
  paidAt: Date
  /** What was too little to be charged, and is owed with the next invoice. */
  carried: Money
  /** It came from a bank, days after it was asked for. */
  tookDays: boolean
  renewsAt: Date | null
  /** When it ends, if it is to end. */
  endsAt: Date | null
  billingUrl: string
}

/** Money arrived: the receipt of a plan that begins, or that a payment which had failed is done. */
export function paidEmail(given: PaidInvoice): Mail {
  return given.about === 'first' ? welcome(given) : recovered(given)
}

function welcome(given: PaidInvoice): Mail {
  const { to, plan, paid, paidAt, tookDays, billingUrl } = given
  const name = plan ?? 'your plan'
  const amount = formatMoney(paid)
  const day = formatDay(paidAt)
  const free = paid.amount === 0
  const receipt = tookDays ? `your ${amount} arrived` : `your receipt for ${amount}`
  return renderEmail({
    to,
    subject: free ? `Welcome to ${name}` : `Welcome to ${name}: ${receipt}`,
    paragraphs: [
      free
        ? `${capital(name)} has been on since ${day}, and nothing was charged for it.`
        : tookDays
          ? `${amount} for ${name} arrived from your bank on ${day}, and ${name} is on.`
          : `You paid ${amount} for ${name} on ${day}, and ${name} is on.`,
      ...(given.carried.amount > 0 ? [carriedText(given.carried)] : []),
      ...whatFollows(given),
    ],
    facts: free ? [] : receiptOf(given),
    link: { label: 'See your plan and your receipt', url: billingUrl },
  })
}

function recovered(given: PaidInvoice): Mail {
  const { to, plan, paid, paidAt, billingUrl } = given
  const what = plan ? `${formatMoney(paid)} for ${plan}` : formatMoney(paid)
  return renderEmail({
    to,
    subject: `${what} is paid, and your plan goes on`,
    paragraphs: [
      `${what}, which could not be charged before, was paid on ${formatDay(paidAt)}. Your plan goes on, and there is nothing that you have to do.`,
      ...whatFollows(given),
    ],
    facts: receiptOf(given),
    link: { label: 'See your plan and your receipt', url: billingUrl },
  })
}

function receiptOf({ plan, paid, paidAt, renewsAt, endsAt }: PaidInvoice): (EmailFact | null)[] {
  return [
    plan ? ['Plan', plan] : null,
    ['Paid', formatMoney(paid)],
    ['On', formatDay(paidAt)],
    endsAt ? ['Ends', formatDay(endsAt)] : renewsAt ? ['Renews', formatDay(renewsAt)] : null,
  ]
}

function whatFollows({ renewsAt, endsAt }: PaidInvoice): string[] {
  if (endsAt) return [`It is set to end on ${formatDay(endsAt)}.`]
  if (!renewsAt) return []
  return [`It renews on ${formatDay(renewsAt)}, unless you cancel before, on your billing page.`]
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
