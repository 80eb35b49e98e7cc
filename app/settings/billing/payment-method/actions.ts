'use server'

import { redirect } from 'next/navigation'
import { action } from '@/app/action'
import { fieldText } from '@/app/form-field'
import { limitBilling } from '@/app/limits'
import { lead } from '@/app/settings/billing/act'
import { paidOrConfirm } from '@/app/settings/billing/paid-or-confirm'
import { putMethodToUse } from '@/lib/payment-methods/put-to-use'
import { setUpPaymentMethod } from '@/lib/payment-methods/set-up'

const PAGE = '/settings/billing/payment-method'

const setUp = action(() => undefined, setUpPaymentMethod, limitBilling)
const putToUse = action(
  (form) => ({ setupIntent: fieldText(form, 'setup_intent'), shown: fieldText(form, 'shown') }),
  putMethodToUse,
  limitBilling,
)

/** Gives the browser the secret under which it may leave one payment method. Whose it is comes from the session. */
export async function startSetup(form: FormData): Promise<{ clientSecret: string }> {
  const result = await setUp(form)
  return result.ok ? result.value : lead(result, PAGE, () => 'card')
}

/**
 * Puts what was left to use: the plan is charged to it, and what was shown as open is paid. Its id
 * is looked up, not believed.
 */
export async function putLeftToUse(form: FormData): Promise<never> {
  const result = await putToUse(form)
  // At this address the page says where the deposits are confirmed, and takes the account once they are.
  if (!result.ok && result.reason === 'setup_deposits')
    redirect(`${PAGE}?setup_intent=${encodeURIComponent(fieldText(form, 'setup_intent') ?? '')}`)
  return lead(result, PAGE, (paid) => paidOrConfirm(paid, 'card'))
}
