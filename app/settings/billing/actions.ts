'use server'

import { redirect } from 'next/navigation'
import { action, type Result } from '@/app/action'
import { limitCheckout, limitPortal } from '@/app/limits'
import { refusedTo } from '@/app/refused-to'
import { findCreditPack } from '@/lib/catalog/credit-packs'
import { startCredits } from '@/lib/credits/start'
import { Invalid } from '@/lib/errors'
import { openCancelOther } from '@/lib/portal/cancel-other'
import { openPortal } from '@/lib/portal/open'

const open = action(
  () => undefined,
  (actor) => openPortal(actor),
  limitPortal,
)
const openCancel = action(() => undefined, openCancelOther, limitPortal)

const startBuying = action(
  (form) => {
    const pack = findCreditPack(form.get('pack'))
    if (!pack) throw new Invalid('credits_withdrawn')
    return pack
  },
  startCredits,
  limitCheckout,
)

/** Leads to Stripe to pay for a pack of credits. Takes its name from the form, and nothing else. */
export async function buyCredits(form: FormData): Promise<never> {
  return follow(await startBuying(form))
}

/** Leads to Stripe's portal. Takes nothing from the form: whose portal it is comes from the session. */
export async function manageBilling(form: FormData): Promise<never> {
  return follow(await open(form))
}

/** Leads to the page of Stripe's portal where the second of two subscriptions is ended; which one that is, we know. */
export async function cancelOther(form: FormData): Promise<never> {
  return follow(await openCancel(form))
}

async function follow(result: Result<{ url: string }>): Promise<never> {
  if (result.ok) redirect(result.value.url as never)
  if (result.code === 'unauthenticated') {
    const kept = 'return=/settings/billing'
    redirect((await refusedTo('/sign-in', result, { kept })) as never)
  }
  const isNone = result.reason === 'no_billing' || result.reason === 'customer_deleted'
  const page = isNone ? '/settings/billing/plans' : '/settings/billing'
  redirect((await refusedTo(page, result)) as never)
}
