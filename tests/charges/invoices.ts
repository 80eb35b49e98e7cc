import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { InvoiceList } from '@/app/settings/billing/invoices/invoice-list'
import { readInvoices as listInvoices } from '@/lib/billing/invoices'
import { amountsIn, textOf } from './amounts'
import type { Customer } from './sign-up'

/** In what the page of invoices is not what Stripe has, amount by amount. */
export async function readInvoices({ actor, stripe, customerId }: Customer): Promise<string[]> {
  const invoices = await listInvoices(actor, null)
  const html = renderToStaticMarkup(
    createElement(InvoiceList, { invoices, here: '/settings/billing/invoices', isFirst: true }),
  )
  const rows = html.split('<li ').slice(1)
  const { data } = await stripe.invoices.list({ customer: customerId, limit: rows.length })
  const open = data.filter(({ status }) => status === 'open')
  const ordered = [...open, ...data.filter(({ status }) => status !== 'open')]
  return ordered.flatMap(({ status, total, amount_remaining, amount_paid, number }, nth) => {
    const row = rows[nth] ?? ''
    const [said] = amountsIn(textOf(/<p class="font-semibold">(.*?)<\/p>/.exec(row)?.[1] ?? ''))
    const charged = /([^·>]+) charged, /.exec(row)?.[1]
    const due = status === 'open' ? amount_remaining : total
    const isSo = said?.amount === due && (!charged || amountsIn(charged)[0]?.amount === amount_paid)
    return isSo
      ? []
      : [`The list says ${said?.amount} of ${number}, and it is ${due}: ${textOf(row)}`]
  })
}
