'use server'

import { redirect } from 'next/navigation'
import { action } from '@/app/action'
import { fieldText } from '@/app/form-field'
import { limitBilling } from '@/app/limits'
import { refused } from '@/app/settings/billing/act'
import { Invalid } from '@/lib/errors'
import { isInvoiceId } from '@/lib/ids'
import { payOneInvoice } from '@/lib/subscriptions/pay-invoice'

const HERE = '/settings/billing/invoices'

const pay = action(
  (form) => {
    const invoice = fieldText(form, 'invoice')
    if (!isInvoiceId(invoice)) throw new Invalid('unknown_form')
    return invoice
  },
  async (actor, invoice) => ({ invoice, paid: await payOneInvoice(actor, invoice) }),
  limitBilling,
)

/** Charges one open invoice, or leads to Stripe's page of it where the bank wants to ask. */
export async function payOne(form: FormData): Promise<never> {
  const result = await pay(form)
  if (!result.ok) return refused(result, HERE)
  const { paid, invoice } = result.value
  redirect((paid.kind === 'confirm' ? paid.url : `${HERE}?paid=${invoice}`) as never)
}
