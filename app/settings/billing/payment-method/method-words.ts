import { openFor } from '@/app/settings/billing/open-for'
import { isLive, planName } from '@/app/settings/billing/plan-state'
import type { Billing } from '@/lib/billing/billing'
import { formatMoney } from '@/lib/money'

const OWES: readonly Billing['status'][] = ['past_due', 'unpaid', 'incomplete']

/** What a payment method that is added here does: the amount first, if one is open. */
export type MethodWords = {
  text: string
  /** On the button of the form. */
  save: string
  /** On the button of one that was left already. */
  use: string
}

/** `billing.open` is what is open in whatever status; null also where Stripe did not say, and then it is not charged. */
export function methodWords(billing: Billing): MethodWords {
  const name = planName(billing)
  const { open } = billing
  if (!isLive(billing))
    return words('It is kept for what you buy next. Nothing is charged now.', 'use it')
  if (open) {
    const amount = formatMoney(open.remaining)
    const text = `${amount} is open for ${openFor(billing)}. It is charged at once to what you add here, and so is what follows.`
    return words(text, `pay ${amount}`)
  }
  if (billing.status === 'paused') {
    const text = `${name} is paused. With what you add here it goes on, and a new period is charged.`
    return words(text, `go on with ${name}`)
  }
  if (OWES.includes(billing.status)) {
    const text = `What is open for ${name} is not known at this moment. Nothing is charged now: you pay it afterwards, once your billing page names it.`
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
