import type { CollectionPolicy } from '@/lib/catalog/collection-policy'
import { formatDay } from '@/lib/day'
import { formatMoney, type Money } from '@/lib/money'
import type { Mail } from './mail'
import { renderEmail } from './render'

export type EndedPlan = {
  to: string
  /** What it was called; null where our records do not know its price. */
  plan: string | null
  endedAt: Date
  /** It ended because it was not paid, and not because it was canceled. */
  isUnpaid: boolean
  /** What was still open when it ended; null when that was closed already. */
  open: Money | null
  openInvoices: CollectionPolicy['openInvoices']
  /** They have another plan, which this one does not touch. */
  hasOther: boolean
  appUrl: string
}

/**
 * A plan ended: what is owed now, if anything, and the one thing that brings it back, which is not to pay
 * for what has ended.
 */
export function endedEmail(ended: EndedPlan): Mail {
  const { to, plan, endedAt, isUnpaid, open, hasOther, appUrl } = ended
  const name = plan ?? 'Your plan'
  const amount = open && `${formatMoney(open)}${plan ? ` for ${plan}` : ''}`
  const day = formatDay(endedAt)
  return renderEmail({
    to,
    subject: `${name} ended on ${day}`,
    paragraphs: [
      isUnpaid
        ? `${amount ?? 'What was due'} was not paid, so ${plan ?? 'your plan'} ended on ${day}.`
        : `${name} ended on ${day}${amount ? `, while ${amount} was still open` : ''}.`,
      owed(ended),
      hasOther
        ? 'Your other plan goes on as it is.'
        : `To have ${plan ?? 'a plan'} again, choose it anew. Your data is kept.`,
    ],
    link: hasOther
      ? { label: 'See your billing', url: `${appUrl}/settings/billing` }
      : { label: 'Choose a plan', url: `${appUrl}/pricing` },
  })
}

function owed({ open, openInvoices, isUnpaid }: EndedPlan): string {
  if (!open && !isUnpaid) return 'Nothing more is charged for it.'
  if (open && openInvoices === 'leave') {
    return 'It stays open, and your bank is not asked again by itself. Paying it does not bring the plan back.'
  }
  return 'You do not have to pay it any more, and your bank is not asked again.'
}
