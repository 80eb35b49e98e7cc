import { isLive, planName } from '@/app/settings/billing/plan-state'
import type { Billing } from '@/lib/billing/billing'
import { COLLECTION_POLICY } from '@/lib/catalog/collection-policy'
import { formatDay } from '@/lib/day'

/** What happens to time that is paid for, and the way to use it up; null where nothing is. */
export function paidPeriod(billing: Billing): string | null {
  const { currentPeriodEnd: end, status } = billing
  if (!isLive(billing)) return null
  const name = planName(billing)
  if (!end || (status !== 'active' && status !== 'trialing'))
    return `${name} ends at once, and you are not charged again.`
  const rest = `${name} ends at once, although it would last until ${formatDay(end)}: what is left of it is not paid back.`
  return `${rest} To use it up, cancel the plan now and delete the account after that day.`
}

/** What is done when the button is pressed. */
export function goes(billing: Billing, { openInvoices } = COLLECTION_POLICY): string[] {
  const open =
    openInvoices === 'leave'
      ? 'what is open stays to be paid'
      : 'what is open is not asked for any more'

  return [
    'You are signed out in every browser.',
    ...(isLive(billing) ? [`Your plan is ended at Stripe, and ${open}.`] : []),
    'Your email address, name and ways to sign in are removed.',
    'Your usage, credits, API keys and reports are removed.',
    'Your name, address and email are removed from your account at Stripe.',
  ]
}

export const STAYS = [
  'Invoices and payments at Stripe, as they were made.',
  'That they were paid and what was done, under numbers that do not say who you are.',
]
