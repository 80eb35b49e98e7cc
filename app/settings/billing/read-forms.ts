import { fieldText } from '@/app/form-field'
import { Invalid } from '@/lib/errors'
import { FEEDBACK } from '@/lib/leaving'
import type { Cancellation } from '@/lib/subscriptions/cancel'

/** Characters. Stripe keeps a comment of this length at most in what it shows to operators. */
export const COMMENT_MAX = 500

/** The plan's end as the page showed it, and the reason for canceling, if the user gave one. */
export function readCancelForm(form: FormData): Cancellation {
  const when = fieldText(form, 'when')
  if (when !== 'period_end' && when !== 'now') throw new Invalid('unknown_form')
  const feedback = FEEDBACK.find((known) => known === fieldText(form, 'feedback')) ?? null
  const comment = fieldText(form, 'comment')?.trim().slice(0, COMMENT_MAX) || null
  return { when, feedback, comment, offer: fieldText(form, 'offer') || undefined }
}

/** For how many months; whether that is offered is for the verb to say. */
export function readMonths(form: FormData): number {
  return Number(fieldText(form, 'months') ?? Number.NaN)
}
