'use server'

import { action } from '@/app/action'
import { fieldText } from '@/app/form-field'
import { limitCheckout, limitPortal } from '@/app/limits'
import { findCreditPack } from '@/lib/catalog/credit-packs'
import { startCredits } from '@/lib/credits/start'
import { Invalid } from '@/lib/errors'
import { openCancelOther } from '@/lib/portal/cancel-other'
import { openCardChange } from '@/lib/portal/change-card'
import { openDetailsChange } from '@/lib/portal/change-details'
import { openPortal } from '@/lib/portal/open'
import { lead } from './act'

const nothing = () => undefined
const open = action(nothing, (actor) => openPortal(actor), limitPortal)
const openCancel = action(nothing, openCancelOther, limitPortal)
const openCard = action((form) => fieldText(form, 'shown'), openCardChange, limitPortal)
const openDetails = action(nothing, openDetailsChange, limitPortal)

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
  return lead(await startBuying(form), '/settings/billing', (at) => at)
}

/** Leads to Stripe's portal. Takes nothing from the form: whose portal it is comes from the session. */
export async function manageBilling(form: FormData): Promise<never> {
  return lead(await open(form), '/settings/billing', (at) => at)
}

/** Leads to the page of Stripe's portal where the second of two subscriptions is ended; which one that is, we know. */
export async function cancelOther(form: FormData): Promise<never> {
  return lead(await openCancel(form), '/settings/billing', (at) => at)
}

/** Leads to the page of Stripe's portal where another card is left, and from there to ours that puts it to use. */
export async function changeCard(form: FormData): Promise<never> {
  return lead(await openCard(form), '/settings/billing', (at) => at)
}

/** Leads to the page of Stripe's portal where what stands on invoices is changed: name, address, tax ids. */
export async function changeDetails(form: FormData): Promise<never> {
  return lead(await openDetails(form), '/settings/billing', (at) => at)
}
