'use server'

import { redirect } from 'next/navigation'
import { action } from '@/app/action'
import { fieldText } from '@/app/form-field'
import { limitBilling } from '@/app/limits'
import { refused } from '@/app/settings/billing/act'
import { payInvoiceShown } from '@/lib/subscriptions/pay-invoice'
import { readShownCharge } from '@/lib/subscriptions/shown-charge'

const HERE = '/settings/billing/invoices'

const pay = action(
  (form) => fieldText(form, 'shown'),
  async (actor, shown) => ({
    invoice: readShownCharge(shown)?.id,
    paid: await payInvoiceShown(actor, shown),
  }),
  limitBilling,
)

/** Charges one open invoice, or leads to Stripe's page of it where the bank wants to ask. */
export async function payOne(form: FormData): Promise<never> {
  const result = await pay(form)
  if (!result.ok) return refused(result, HERE)
  const { paid, invoice } = result.value
  redirect((paid.kind === 'confirm' ? paid.url : `${HERE}?paid=${invoice}`) as never)
}
