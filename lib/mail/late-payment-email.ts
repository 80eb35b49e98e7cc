import { formatDay } from '@/lib/day'
import type { LateMoneyDid } from '@/lib/events/notification'
import { formatMoney, type Money } from '@/lib/money'
import type { Mail } from './mail'
import { renderEmail } from './render'

export type LatePayment = {
  to: string
  plan: string | null
  paid: Money
  paidAt: Date
  endedAt: Date
  did: LateMoneyDid
  /** Until when a plan that was started anew is paid; null where our records do not know yet. */
  paidUntil: Date | null
  hasOther: boolean
  appUrl: string
}

/** Money came for a plan that had ended: what became of it, and how to have the plan. */
export function latePaymentEmail(late: LatePayment): Mail {
  const { to, did, appUrl } = late
  const { subject, words } = whatBecame(late)
  const plans = did !== 'restarted' && !late.hasOther
  return renderEmail({
    to,
    subject,
    paragraphs: [arrived(late), ...words],
    link: plans
      ? { label: 'Choose a plan', url: `${appUrl}/pricing` }
      : { label: 'See your billing', url: `${appUrl}/settings/billing` },
  })
}

function arrived({ plan, paid, paidAt, endedAt }: LatePayment): string {
  const name = plan ?? 'your plan'
  return `${formatMoney(paid)} for ${name} arrived on ${formatDay(paidAt)}. By then ${name} had ended, on ${formatDay(endedAt)}.`
}

function whatBecame(late: LatePayment): { subject: string; words: string[] } {
  const { plan, paid, did, paidUntil } = late
  const name = plan ?? 'your plan'
  const amount = formatMoney(paid)
  switch (did) {
    case 'refunded':
      return {
        subject: `We sent your ${amount} back`,
        words: [
          `It could not bring ${name} back, so we sent it back. Banks take up to ten days to show it.`,
          ...again(late, name),
        ],
      }
    case 'restarted':
      return {
        subject: `${plan ?? 'Your plan'} is on again`,
        words: [
          `It pays for a first period: ${name} is on again${paidUntil ? `, and paid until ${formatDay(paidUntil)}` : ''}.`,
          'It renews after that, unless you cancel before.',
        ],
      }
    case 'kept':
      return {
        subject: `Your ${amount} came after ${name} had ended`,
        words: [
          `It did not bring ${name} back. The people who run this have been notified, and decide with you what becomes of it. There is no need to pay again.`,
          ...again(late, name),
        ],
      }
  }
}

function again({ hasOther, did }: LatePayment, name: string): string[] {
  if (hasOther) return ['Your other plan goes on as it is.']
  return did === 'refunded' ? [`To have ${name} again, choose it anew.`] : []
}
