'use server'

import type { Route } from 'next'
import { redirect } from 'next/navigation'
import { action, type Result } from '@/app/action'
import { choiceQuery, readChoiceQuery } from '@/app/components/choice-query'
import { fieldText } from '@/app/form-field'
import { limitCheckout } from '@/app/limits'
import type { Refused } from '@/app/refuse'
import { refusedTo } from '@/app/refused-to'
import { reviewOf } from '@/app/settings/billing/plans/review-of'
import type { Choice } from '@/lib/catalog/parse-choice'
import { parsePurchase } from '@/lib/catalog/parse-purchase'
import { type Started, startCheckout } from '@/lib/checkout/start'

const start = action(parsePurchase, (actor, wanted) => startCheckout(actor, wanted), limitCheckout)
const startHosted = action(
  parsePurchase,
  (actor, wanted) => startCheckout(actor, wanted, 'hosted_page'),
  limitCheckout,
)

/**
 * Reads a tier, an interval and a promotion code, nothing else, and leads to Stripe's page, to the
 * plans, or to sign-in.
 */
export async function upgrade(form: FormData): Promise<never> {
  return follow(form, await start(form))
}

/** The same on Stripe's own page, for whom the one within ours does not show. */
export async function payAtStripe(form: FormData): Promise<never> {
  return follow(form, await startHosted(form))
}

async function follow(form: FormData, result: Result<Started>): Promise<never> {
  const choice = readChoiceQuery(fieldText(form, 'tier'), fieldText(form, 'interval'))
  if (!result.ok) return explain(result, choice, form)
  if (result.value.kind === 'change_plan')
    redirect(choice ? `${reviewOf(choice)}&from=upgrade` : '/settings/billing/plans')
  // Most often Stripe's address; typed routes know only ours.
  redirect(result.value.url as Route)
}

async function explain(refused: Refused, choice: Choice | null, form: FormData): Promise<never> {
  const kept = choice ? choiceQuery(choice, fieldText(form, 'code'), fieldText(form, 'from')) : ''
  // A step on the way, and no failure: the page says for which plan.
  if (refused.code === 'unauthenticated') redirect(`/sign-in?${kept}`)
  redirect(await refusedTo('/checkout/continue', refused, { kept }))
}
