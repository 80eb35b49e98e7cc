'use server'

import { action } from '@/app/action'
import { fieldText } from '@/app/form-field'
import { limitBilling } from '@/app/limits'
import { sentWith } from '@/app/typed'
import { cancelSubscription } from '@/lib/subscriptions/cancel'
import { keepSubscription } from '@/lib/subscriptions/keep'
import { lookAgain } from '@/lib/subscriptions/look-again'
import { pauseSubscription } from '@/lib/subscriptions/pause'
import { payInvoiceShown } from '@/lib/subscriptions/pay-invoice'
import { putCardToUse } from '@/lib/subscriptions/put-card-to-use'
import { resumeSubscription } from '@/lib/subscriptions/resume'
import { lead } from './act'
import { paidOrConfirm } from './paid-or-confirm'
import { COMMENT_MAX, readCancelForm, readMonths } from './read-forms'

const HOME = '/settings/billing'
const CANCEL = '/settings/billing/cancel'

const nothing = () => undefined
const cancel = action(readCancelForm, cancelSubscription, limitBilling)
const keep = action(nothing, keepSubscription, limitBilling)
const pause = action(readMonths, (actor, months) => pauseSubscription(actor, months), limitBilling)
const resume = action((form) => fieldText(form, 'shown'), resumeSubscription, limitBilling)
const pay = action((form) => fieldText(form, 'shown'), payInvoiceShown, limitBilling)
const look = action(nothing, lookAgain, limitBilling)
const putToUse = action((form) => fieldText(form, 'shown'), putCardToUse, limitBilling)

/** Ends the plan, when the page said that it would. Which plan it is comes from the session, as in all of these. */
export async function cancelPlan(form: FormData): Promise<never> {
  const sent = sentWith(form, { feedback: 40, comment: COMMENT_MAX })
  return lead(await cancel(form), CANCEL, () => 'canceled', sent)
}

/** Has Stripe read now; the page shows what it says by then. */
export async function lookNow(form: FormData): Promise<never> {
  return lead(await look(form), HOME, () => 'looked')
}

/** Takes a planned end back. */
export async function keepPlan(form: FormData): Promise<never> {
  return lead(await keep(form), HOME, () => 'kept')
}

/** Pauses the plan for some months after the one that is paid for. */
export async function pausePlan(form: FormData): Promise<never> {
  return lead(await pause(form), CANCEL, () => 'paused', sentWith(form, { months: 2 }))
}

/** Ends a pause, and charges what the button showed, if that begins a new period. */
export async function resumePlan(form: FormData): Promise<never> {
  return lead(await resume(form), HOME, () => 'resumed')
}

/** Charges what the button showed as open, or leads to where it is confirmed, if the bank wants to ask. */
export async function payNow(form: FormData): Promise<never> {
  return lead(await pay(form), HOME, (paid) => paidOrConfirm(paid, 'nothing_open'))
}

/** Puts a card that was left at Stripe's page to use: the plan is charged to it, and what was shown as open is paid. */
export async function putNewCardToUse(form: FormData): Promise<never> {
  return lead(await putToUse(form), '/settings/billing/card', (paid) => paidOrConfirm(paid, 'card'))
}
