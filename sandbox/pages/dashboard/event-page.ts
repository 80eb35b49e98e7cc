import type Stripe from 'stripe'
import { deliveriesOf } from '@/sandbox/deliveries/deliveries-of'
import { type Child, type Html, html } from '@/sandbox/pages/html'
import type { Sandbox } from '@/sandbox/sandbox'
import type { Delivery } from '@/sandbox/store/records'
import { deliveryWord, sendAgain } from './events-page'
import { dashboardPage } from './frame'
import { instantHtml } from './instant'

/** One event: each attempt to deliver it, and what it says. */
export function eventPage(sandbox: Sandbox, event: Stripe.Event, done: Child): string {
  const { store, clock } = sandbox
  const deliveries = deliveriesOf(store, event.id)
  return dashboardPage({
    title: event.type,
    here: 'Events',
    now: clock.now(),
    done,
    body: html`<header><h1>${event.type} ${deliveryWord(deliveries)}</h1>
<p class="quiet"><code>${event.id}</code> · ${instantHtml(event.created)}${event.request?.id && html` · by request <code>${event.request.id}</code>`}</p></header>
<section aria-labelledby="deliveries"><h2 id="deliveries">Deliveries</h2>
${
  deliveries.length === 0
    ? html`<p class="quiet">No webhook endpoint listened for it. Sending it again sends it to every enabled one.</p>`
    : deliveries.map((delivery) => attempts(sandbox, delivery))
}
${sendAgain(event)}</section>
<section aria-labelledby="body"><h2 id="body">Body</h2>
<pre tabindex="0" role="region" aria-labelledby="body">${JSON.stringify(event, null, 2)}</pre></section>`,
  })
}

function attempts({ store }: Sandbox, { endpoint, attempts, nextAt, notBefore }: Delivery): Html {
  const label = `to-${endpoint}`
  const held = notBefore !== undefined && attempts.length === 0
  return html`<h3 id="${label}">To ${store.find('webhook_endpoint', endpoint)?.url ?? endpoint}</h3>
${
  attempts.length === 0
    ? html`<p class="quiet">Not tried yet.</p>`
    : html`<table class="history" aria-labelledby="${label}"><thead><tr><th scope="col">Attempt</th><th scope="col">Sent, in real time</th>
<th scope="col">Answer</th><th scope="col">Problem</th></tr></thead><tbody>${attempts.map(
        ({ attempt, at, status, error }) =>
          html`<tr><th scope="row">${attempt}</th><td class="small">${instantHtml(at)}</td><td>${status ?? 'None'}</td><td class="quiet">${error ?? '–'}</td></tr>`,
      )}</tbody></table>`
}
${nextAt !== null && html`<p class="quiet">Next attempt: ${held ? html`when it is ${instantHtml(notBefore)} here` : html`${instantHtml(Math.floor(nextAt / 1000))}, in real time`}.</p>`}`
}
