import { planName } from '@/app/settings/billing/standing'
import type { Billing } from '@/lib/billing/billing'
import { formatMoney } from '@/lib/money'

const OWES: readonly Billing['status'][] = ['past_due', 'unpaid', 'incomplete']

/** What putting the card on file to use does now: the amount first, if one is open. */
export function cardWords(billing: Billing): { text: string; button: string } {
  const name = planName(billing)
  const { open, status } = billing
  if (open) {
    const amount = formatMoney(open.remaining)
    return {
      text: `${amount} is open for ${name}. It is charged to the card that you have on file now, and so is what follows.`,
      button: `Pay ${amount}`,
    }
  }
  if (status === 'paused')
    return {
      text: `${name} is paused. With the card that you have on file now it goes on, and a new period is charged.`,
      button: `Go on with ${name}`,
    }
  return {
    text: OWES.includes(status)
      ? `What is open for ${name} is charged to the card that you have on file now, and so is what follows.`
      : `${name} is charged to the card that you have on file now from its next charge on.`,
    button: 'Use this card',
  }
}
