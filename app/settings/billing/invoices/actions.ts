'use server'

import type { Route } from 'next'
import { redirect } from 'next/navigation'
import { action } from '@/app/action'
import { fieldText } from '@/app/form-field'
import { limitBilling } from '@/app/limits'
import { refused } from '@/app/settings/billing/act'
import { confirmAt } from '@/app/settings/billing/paid-or-confirm'
import type { UserActor } from '@/lib/audit/actor'
import { readOpenPayment } from '@/lib/subscriptions/open-payment'
import { payInvoiceShown } from '@/lib/subscriptions/pay-invoice'
import { readShownCharges } from '@/lib/subscriptions/shown-charge'

const HERE = '/settings/billing/invoices'

const pay = action((form) => fieldText(form, 'shown'), payOr, limitBilling)

/** Charges one open invoice, or leads to where it is confirmed, if the bank wants to ask. */
export async function payOne(form: FormData): Promise<never> {
  const result = await pay(form)
  if (!result.ok) return refused(result, HERE)
  // A page of ours or Stripe's; typed routes know only ours.
  redirect(result.value as Route)
}

async function payOr(actor: UserActor, shown: string | undefined): Promise<string> {
  const id = readShownCharges(shown)[0]?.id
  const paid = await payInvoiceShown(actor, shown)
  if (paid.kind !== 'confirm') return `${HERE}?paid=${id}`
  // Our page confirms the newest of the plan; that of another invoice only Stripe's does.
  const payment = await readOpenPayment(actor)
  const isOurs = payment?.confirmable && payment.open?.id === id
  return isOurs ? confirmAt(paid).url : paid.url
}
