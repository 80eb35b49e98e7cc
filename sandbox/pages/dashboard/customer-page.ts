import type Stripe from 'stripe'
import { idOf, optionalId } from '@/sandbox/ids'
import { costOf } from '@/sandbox/lifecycle/price/cost'
import { hasEnded } from '@/sandbox/lifecycle/subscription/period'
import { frozenTimeOf } from '@/sandbox/lifecycle/test-clock/clock-of'
import { dateHtml, shortDateHtml } from '@/sandbox/pages/dates'
import { type Child, type Html, html } from '@/sandbox/pages/html'
import { invoiceStatus } from '@/sandbox/pages/invoice/status'
import { moneyHtml } from '@/sandbox/pages/money'
import type { Sandbox } from '@/sandbox/sandbox'
import { clockPanel } from './clock-panel'
import { dashboardPage } from './frame'
import { statusWord } from './status'
import { timeline } from './timeline'

/** One customer: name and email, the clock, each subscription with its timeline, and the invoices. */
export function customerPage(sandbox: Sandbox, customer: Stripe.Customer, done: Child): string {
  const { store } = sandbox
  const own = [...store.all('subscription')].filter((row) => idOf(row.customer) === customer.id)
  const [first] = own.toReversed().sort((a, b) => Number(hasEnded(a)) - Number(hasEnded(b)))
  const now = frozenTimeOf(store, [customer.id]) ?? sandbox.clock.now()
  const name = customer.name || customer.email || customer.id
  return dashboardPage({
    title: name,
    here: 'Customers',
    now,
    done,
    body: html`<header><h1>${name}</h1>
<p class="quiet"><code>${customer.id}</code>${customer.name && customer.email && html` · ${customer.email}`} · since ${dateHtml(customer.created)}</p></header>
${first && clockPanel(sandbox, now, first)}
${own.length === 0 && html`<section aria-labelledby="none"><h2 id="none">Subscriptions</h2><p class="quiet">None yet.</p></section>`}
${own.toReversed().map((row) => subscription(sandbox, row))}
${invoices(sandbox, customer.id)}`,
  })
}

function subscription(sandbox: Sandbox, row: Stripe.Subscription): Html {
  const heading = `timeline-${row.id}`
  return html`<section aria-labelledby="${heading}"><h2 id="${heading}">Subscription to ${row.items.data.map(({ price }) => productName(sandbox, price)).join(', ')} ${statusWord(row)}</h2>
<p class="quiet">${row.items.data.map(itemWords)} <code>${row.id}</code></p>
${timeline(sandbox, row.id, heading)}</section>`
}

function itemWords({ price, quantity, current_period_end: end }: Stripe.SubscriptionItem): Html {
  const interval = price.recurring
  const amount = moneyHtml({
    amount: costOf(price, quantity ?? 1),
    currency: price.currency,
  })
  return html`${amount} ${interval && intervalWords(interval)}. This period ends on ${dateHtml(end)}.`
}

function intervalWords({ interval, interval_count: count }: Stripe.Price.Recurring): string {
  return count === 1 ? `per ${interval}` : `every ${count} ${interval}s`
}

function productName({ store }: Sandbox, { product, id }: Stripe.Price): string {
  return store.find('product', idOf(product))?.name ?? id
}

function invoices({ store }: Sandbox, customer: string): Html {
  const rows = [...store.all('invoice')]
    .filter((row) => optionalId(row.customer) === customer)
    .reverse()
  return html`<section aria-labelledby="invoices"><h2 id="invoices">Invoices</h2>
${
  rows.length === 0
    ? html`<p class="quiet">None yet.</p>`
    : html`<table class="history" aria-labelledby="invoices"><thead><tr><th scope="col">Date</th><th scope="col">Total</th>
<th scope="col">Status</th><th scope="col">Invoice</th></tr></thead><tbody>${rows.map(invoiceRow)}</tbody></table>`
}</section>`
}

function invoiceRow({
  id,
  number,
  created,
  total,
  currency,
  status,
  billing_reason,
}: Stripe.Invoice): Html {
  return html`<tr><th scope="row">${shortDateHtml(created)} <span class="more">${billing_reason?.replaceAll('_', ' ')}</span></th>
<td>${moneyHtml({ amount: total, currency })}</td><td>${invoiceStatus(status)}</td>
<td><a href="/i/${id}" aria-label="Invoice ${number ?? id}">${number ?? 'Draft'}</a></td></tr>`
}
