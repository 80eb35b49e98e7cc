import 'server-only'
import type { Route } from 'next'
import { redirect } from 'next/navigation'
import type { Result } from '@/app/action'
import { backTo } from '@/app/back-to'
import type { Refused } from '@/app/refuse'
import { refusedTo } from '@/app/refused-to'
import type { Sent } from '@/app/typed'
import type { Done } from './done'

/** The pages with the forms of these actions: there a refusal is shown. */
type Page =
  | '/settings/billing'
  | '/settings/billing/cancel'
  | '/settings/billing/card'
  | '/settings/billing/payment-method'
  | '/settings/billing/invoices'
  | '/settings/billing/details'

/**
 * Redirects after an action: to the billing page, which shows the new state, or back with the refusal and with
 * what was typed.
 */
export async function lead<T>(
  result: Result<T>,
  page: Page,
  doneOf: (value: T) => Done | { url: string },
  sent?: Sent,
): Promise<never> {
  if (!result.ok) return refused(result, page, sent)
  const done = doneOf(result.value)
  if (typeof done === 'string') redirect(`/settings/billing?done=${done}`)
  // A page of ours that a verb names, or Stripe's; typed routes know only ours.
  redirect(done.url as Route)
}

/** Leads back with a refusal: to where it was asked for, or to the plans where there is none yet. */
export async function refused(result: Refused, page: Page, sent?: Sent): Promise<never> {
  const isNone = ['no_billing', 'customer_deleted', 'no_plan'].includes(result.reason)
  if (isNone) redirect(await refusedTo('/settings/billing/plans', result))
  redirect(await backTo(page, result, sent))
}
