'use server'

import { redirect } from 'next/navigation'
import { action } from '@/app/action'
import { fieldText } from '@/app/form-field'
import { limitBilling } from '@/app/limits'
import { refusedTo } from '@/app/refused-to'
import { lead } from '@/app/settings/billing/act'
import { confirmAt } from '@/app/settings/billing/paid-or-confirm'
import { readChoice } from '@/lib/catalog/parse-choice'
import { changePlan } from '@/lib/subscriptions/change-plan'
import { undoPlannedChange } from '@/lib/subscriptions/undo-change'
import { readOfferForm } from './read-offer-form'
import { REVIEW, reviewOf } from './review-of'

const change = action(readOfferForm, changePlan, limitBilling)
const undo = action(() => undefined, undoPlannedChange, limitBilling)

/** Makes the change that its form offered; a refusal is shown on the review page, with the choice kept. */
export async function confirmChange(form: FormData): Promise<never> {
  const result = await change(form)
  const choice = readChoice({
    tier: fieldText(form, 'tier'),
    interval: fieldText(form, 'interval'),
  })
  if (!result.ok && choice && result.reason !== 'no_plan') {
    const away = result.code === 'unauthenticated'
    const kept = new URLSearchParams(away ? { return: reviewOf(choice) } : choice).toString()
    redirect(await refusedTo(away ? '/sign-in' : REVIEW, result, { kept }))
  }
  return lead(result, '/settings/billing', (made) =>
    made.kind === 'confirm' ? confirmAt(made) : made.kind,
  )
}

/** Takes back a change that is planned. */
export async function undoChange(form: FormData): Promise<never> {
  return lead(await undo(form), '/settings/billing', () => 'undone')
}
