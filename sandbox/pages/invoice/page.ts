import type Stripe from 'stripe'
import type { InvoiceView } from '@/sandbox/lifecycle/invoice-view'
import { cardName } from '@/sandbox/pages/card/name'
import { dateHtml, longDate } from '@/sandbox/pages/dates'
import { documentHtml } from '@/sandbox/pages/document/document'
import { type Child, type Html, html } from '@/sandbox/pages/html'
import { money, moneyHtml } from '@/sandbox/pages/money'
import { type PayAttempt, payForm } from './pay-form'
import { invoiceStatus } from './status'
import { sumsOf } from './sums'

/** A hosted invoice: a receipt once it is paid, a statement of what is owed before. */
export function invoicePage(view: InvoiceView, now: number, attempt?: PayAttempt): string {
  const { businessName, invoice } = view
  const paid = invoice.status === 'paid'
  const name = invoice.number ?? 'draft'
  const payable = invoice.status === 'open' || invoice.status === 'uncollectible'
  return documentHtml({
    title: `${paid ? 'Receipt' : 'Invoice'} ${name} · ${businessName}`,
    now,
    body: html`<main class="portal receipt">
<header><p class="quiet">${businessName}</p><h1>${paid ? 'Receipt' : 'Invoice'} ${name} ${invoiceStatus(invoice.status)}</h1></header>
<p class="price"><span class="money" translate="no">${money({ amount: paid ? invoice.amount_paid : invoice.amount_due, currency: invoice.currency })}</span>
<span class="per">${state(invoice)}</span></p>
<dl class="facts">${facts(view)}</dl>
${invoice.status !== 'draft' && html`<p><a href="/i/${invoice.id}/pdf">Download ${paid ? 'receipt' : 'invoice'} (PDF)</a></p>`}
${payable && payForm(view, now, attempt)}
<section aria-labelledby="lines"><h2 id="lines">Items</h2>${lines(view)}</section>
</main>`,
  })
}

function state({ status, status_transitions, due_date }: Stripe.Invoice): Child {
  if (status === 'paid')
    return status_transitions.paid_at ? html`paid ${dateHtml(status_transitions.paid_at)}` : 'paid'
  if (status === 'open') return due_date ? html`due ${dateHtml(due_date)}` : 'due now'
  if (status === 'draft') return 'not final yet'
  return 'not to be paid'
}

function facts({ invoice, card }: InvoiceView): Html[] {
  const { number, customer_name, customer_email, created } = invoice
  const rows: [string, Child][] = [
    ['Invoice number', number],
    ['Date', dateHtml(created)],
    ['Billed to', [customer_name, customer_email].filter(Boolean).join(', ') || null],
    ['Payment method', card && cardName(card)],
  ]
  return rows
    .filter(([, value]) => value)
    .map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)
}

function lines(view: InvoiceView): Html {
  const { currency, lines } = view.invoice
  const sums = sumsOf(view).map(
    ({ label, amount, kind }) =>
      html`<tr class="${kind === 'total' ? 'sum' : ''}"><th scope="row">${label}</th><td class="end">${moneyHtml({ amount, currency })}</td></tr>`,
  )
  return html`<table class="lines" aria-labelledby="lines">
<thead class="visually-hidden"><tr><th scope="col">Description</th><th scope="col">Amount</th></tr></thead>
<tbody>${lines.data.map(line)}</tbody>
<tfoot>${sums}</tfoot></table>`
}

function line({ description, quantity, period, amount, currency }: Stripe.InvoiceLineItem): Html {
  // Most descriptions begin with how many there are: "3 × Pro", "3 seat × Pro".
  const said = new RegExp(`(^|\\s)${quantity} (\\S+ )?×`).test(description ?? '')
  const times = quantity !== null && quantity > 1 && !said && ` × ${quantity}`
  return html`<tr><th scope="row">${description ?? 'Item'}${times}
<span class="more">${longDate(period.start)} to ${longDate(period.end)}</span></th>
<td class="end">${moneyHtml({ amount, currency })}</td></tr>`
}
