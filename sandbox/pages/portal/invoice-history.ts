import type { PortalInvoice, PortalView } from '@/sandbox/lifecycle/portal/portal-view'
import { shortDateHtml } from '@/sandbox/pages/dates'
import { type Html, html } from '@/sandbox/pages/html'
import { invoiceStatus } from '@/sandbox/pages/invoice/status'
import { moneyHtml } from '@/sandbox/pages/money'

/** What was billed, newest first, each with its receipt. */
export function invoiceHistory({ invoices }: PortalView): Html {
  return html`<section aria-labelledby="invoices"><h2 id="invoices">Invoice history</h2>
${
  invoices.length === 0
    ? html`<p class="quiet">There are no invoices yet.</p>`
    : html`<table class="history" aria-labelledby="invoices"><thead><tr>
<th scope="col">Date</th><th scope="col">Amount</th><th scope="col">Status</th><th scope="col">Invoice</th></tr></thead>
<tbody>${invoices.map(row)}</tbody></table>`
}</section>`
}

function row({ id, number, created, total, currency, status, description }: PortalInvoice): Html {
  return html`<tr><th scope="row">${shortDateHtml(created)}${description && html` <span class="more">${description}</span>`}</th>
<td>${moneyHtml({ amount: total, currency })}</td><td>${invoiceStatus(status)}</td>
<td><a href="/i/${id}" aria-label="${status === 'open' ? 'Pay invoice' : 'Invoice'} ${number ?? id}">${status === 'open' && 'Pay '}${number ?? id}</a></td></tr>`
}
