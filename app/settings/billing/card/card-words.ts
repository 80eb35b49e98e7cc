import { openFor } from '@/app/settings/billing/open-for'
import { planName } from '@/app/settings/billing/plan-state'
import type { Billing } from '@/lib/billing/billing'
import { formatMoney } from '@/lib/money'
import { owedOf } from '@/lib/owed'

const OWES: readonly Billing['status'][] = ['past_due', 'unpaid', 'incomplete', 'paused']

/** What putting the card on file to use does now: the amount first, if one is open. */
export function cardWords(billing: Billing): { text: string; button: string } {
  const name = planName(billing)
  const { open, resumption, status } = billing
  if (open?.isProcessing)
    return {
      text: `${formatMoney(open.remaining)} for ${openFor(billing)} is on its way from your bank, and is not charged again. What follows is charged to the card that you have on file now.`,
      button: 'Use this card',
    }
  if (open) {
    const amount = formatMoney(owedOf(open))
    return {
      text: `${amount} is open for ${openFor(billing)}. It is charged to the card that you have on file now, and so is what follows.`,
      button: `Pay ${amount}`,
    }
  }
  if (resumption) {
    const charged = formatMoney(resumption)
    const isFree = resumption.amount === 0
    return {
      text: `${name} is paused. With the card that you have on file now it goes on in a new period, and ${isFree ? 'nothing is due for it now' : `${charged} is charged for it at once`}.`,
      button: isFree ? `Go on with ${name}` : `Go on for ${charged}`,
    }
  }
  return {
    text: OWES.includes(status)
      ? `What is due for ${name} is not known at this moment. Nothing is charged now: you pay it afterwards, once your billing page names it.`
      : `${name} is charged to the card that you have on file now from its next charge on. Nothing is charged now.`,
    button: 'Use this card',
  }
}
