import { openFor } from '@/app/settings/billing/open-for'
import { isLive, planName } from '@/app/settings/billing/plan-state'
import type { Billing } from '@/lib/billing/billing'
import { formatMoney } from '@/lib/money'
import { owedOf } from '@/lib/owed'

const OWES: readonly Billing['status'][] = ['past_due', 'unpaid', 'incomplete', 'paused']

/** What a payment method that is added here does: the amount first, if one is open. */
export type MethodWords = {
  text: string
  /** On the button of the form. */
  save: string
  /** On the button of one that was left already. */
  use: string
}

/**
 * `billing.open` is what is open in whatever status; null also where Stripe did not say, and then
 * it is not charged.
 */
export function methodWords(billing: Billing): MethodWords {
  const name = planName(billing)
  const { open, resumption } = billing
  if (!isLive(billing))
    return words('It is kept for what you buy next. Nothing is charged now.', 'use it')
  if (open?.isProcessing) {
    const text = `${formatMoney(open.remaining)} for ${openFor(billing)} is on its way from your bank, and is not charged again. What follows is charged to what you add here.`
    return words(text, 'use it')
  }
  if (open) {
    const amount = formatMoney(owedOf(open))
    const text = `${amount} is open for ${openFor(billing)}. It is charged at once to what you add here, and so is what follows.`
    return words(text, `pay ${amount}`)
  }
  if (resumption) {
    const charged = formatMoney(resumption)
    const isFree = resumption.amount === 0
    const text = `${name} is paused. With what you add here it goes on in a new period, and ${isFree ? 'nothing is due for it now' : `${charged} is charged for it at once`}.`
    return words(text, isFree ? `go on with ${name}` : `go on for ${charged}`)
  }
  if (OWES.includes(billing.status)) {
    const text = `What is due for ${name} is not known at this moment. Nothing is charged now: you pay it afterwards, once your billing page names it.`
    return words(text, 'use it')
  }
  const text = `${name} is charged to what you add here from its next charge on. Nothing is charged now.`
  return words(text, 'use it')
}

function words(text: string, act: string): MethodWords {
  return {
    text,
    save: act === 'use it' ? 'Save payment method' : `Save and ${act}`,
    use: act.replace(/^./, (first) => first.toUpperCase()),
  }
}
