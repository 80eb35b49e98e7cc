import type Stripe from 'stripe'
import { idOf } from '@/sandbox/ids'
import { hasEnded } from '@/sandbox/lifecycle/subscription/period'
import { shortDateHtml } from '@/sandbox/pages/dates'
import { inputField } from '@/sandbox/pages/fields'
import { type Child, type Html, html } from '@/sandbox/pages/html'
import type { Sandbox } from '@/sandbox/sandbox'
import { clockPanel } from './clock-panel'
import { dashboardPage } from './frame'
import { statusWord } from './status'

// As many as a person reads; the search finds the others.
const SHOWN = 50

/**
 * The dashboard's first page: the clock, and the customers, newest first. `q` is looked for in
 * names, addresses and ids.
 */
export function customersPage(sandbox: Sandbox, q: string, done: Child): string {
  const now = sandbox.clock.now()
  const found = [...sandbox.store.all('customer')].filter((row) => matches(row, q)).reverse()
  return dashboardPage({
    title: 'Customers',
    here: 'Customers',
    now,
    done,
    body: html`<header><h1>Customers</h1></header>
${clockPanel(sandbox, now, null)}
<section aria-labelledby="people"><h2 id="people">${q === '' ? 'All customers' : `Found for “${q}”`}</h2>
<form class="find" method="get" action="/dashboard" role="search">
${inputField({ id: 'q', name: 'q', label: 'Name, email address or id', value: q, maxlength: 200 })}
<button class="button" type="submit">Search</button></form>
${
  found.length === 0
    ? html`<p class="quiet">${q === '' ? 'No customers yet: they come by the API and by Checkout.' : 'No customers.'}</p>`
    : table(sandbox, found.slice(0, SHOWN))
}
${found.length > SHOWN && html`<p class="quiet">The newest ${SHOWN} of ${found.length}.</p>`}</section>`,
  })
}

function matches({ id, name, email }: Stripe.Customer, q: string): boolean {
  const wanted = q.toLowerCase()
  return [id, name, email].some((text) => text?.toLowerCase().includes(wanted))
}

function table(sandbox: Sandbox, rows: Stripe.Customer[]): Html {
  return html`<table class="history" aria-labelledby="people"><thead><tr><th scope="col">Customer</th>
<th scope="col">Since</th><th scope="col">Clock</th><th scope="col">Subscription</th></tr></thead>
<tbody>${rows.map((row) => customerRow(sandbox, row))}</tbody></table>`
}

function customerRow(
  { store }: Sandbox,
  { id, name, email, created, test_clock }: Stripe.Customer,
): Html {
  const own = [...store.all('subscription')].filter((row) => idOf(row.customer) === id).reverse()
  const shown = own.find((row) => !hasEnded(row)) ?? own[0]
  return html`<tr><th scope="row"><a href="/dashboard/customers/${id}">${name || email || id}</a>
<span class="more">${name && email ? email : id}</span></th>
<td>${shortDateHtml(created)}</td><td class="quiet">${test_clock ? 'Test clock' : 'Sandbox'}</td>
<td>${shown ? statusWord(shown) : html`<span class="quiet">None</span>`}</td></tr>`
}
