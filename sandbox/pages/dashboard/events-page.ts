import type Stripe from 'stripe'
import { deliveriesOf } from '@/sandbox/deliveries/deliveries-of'
import { inputField } from '@/sandbox/pages/fields'
import { type Child, type Html, html } from '@/sandbox/pages/html'
import type { Sandbox } from '@/sandbox/sandbox'
import type { Delivery } from '@/sandbox/store/records'
import { dashboardPage } from './frame'
import { instantHtml } from './instant'

const SHOWN = 50

interface Asked {
  /** Part of the type or of the id of what an event is about. */
  q: string
  /** Shows what came before the event with this id. */
  before: string
  done: Child
}

/** What happened, newest first, each with how its deliveries went. */
export function eventsPage(sandbox: Sandbox, { q, before, done }: Asked): string {
  const { store, clock, deliverer } = sandbox
  const all = [...store.all('event')].reverse()
  const from = before === '' ? 0 : all.findIndex(({ id }) => id === before) + 1
  const found = all.slice(from).filter((event) => matches(event, q))
  const shown = found.slice(0, SHOWN)
  const older = new URLSearchParams({ q, before: shown.at(-1)?.id ?? '' })
  return dashboardPage({
    title: 'Events',
    here: 'Events',
    now: clock.now(),
    done,
    body: html`<header><h1>Events</h1></header>
${deliverer.paused() && html`<p class="message warn">Deliveries are paused: nothing is sent until they are resumed.</p>`}
<form class="find" method="get" action="/dashboard/events" role="search">
${inputField({ id: 'q', name: 'q', label: 'Type, or the id of what it is about', value: q, maxlength: 200 })}
<button class="button" type="submit">Search</button></form>
<section aria-labelledby="events"><h2 id="events">What happened</h2>
${
  shown.length === 0
    ? html`<p class="quiet">Nothing.</p>`
    : html`<table class="history" aria-labelledby="events"><thead><tr><th scope="col">Event</th><th scope="col">At</th>
<th scope="col">Deliveries</th><th scope="col">Again</th></tr></thead><tbody>${shown.map((event) => row(event, deliveriesOf(store, event.id)))}</tbody></table>`
}
${found.length > SHOWN && html`<p><a href="/dashboard/events?${older.toString()}">Older events</a></p>`}</section>`,
  })
}

/** How an event's deliveries went, as a word on a tone. */
export function deliveryWord(deliveries: readonly Delivery[]): Html {
  const failed = deliveries.filter(({ state }) => state === 'failed').length
  const pending = deliveries.filter(({ state }) => state === 'pending').length
  if (failed > 0) return html`<span class="status bad">${failed} failed</span>`
  if (pending > 0) return html`<span class="status warn">${pending} pending</span>`
  if (deliveries.length === 0) return html`<span class="quiet">No endpoint listens</span>`
  return html`<span class="status ok">Delivered</span>`
}

/** The button that sends an event once more. */
export function sendAgain({ id, type }: Stripe.Event): Html {
  return html`<form method="post" action="/dashboard/events/${id}/send"><button class="button compact" type="submit">Send again<span class="visually-hidden"> ${type} ${id}</span></button></form>`
}

function row(event: Stripe.Event, deliveries: Delivery[]): Html {
  const object = event.data.object
  return html`<tr><th scope="row"><a href="/dashboard/events/${event.id}">${event.type}</a>
<span class="more"><code>${'id' in object ? String(object.id) : ''}</code></span></th>
<td class="small">${instantHtml(event.created)}</td><td>${deliveryWord(deliveries)}</td><td>${sendAgain(event)}</td></tr>`
}

function matches({ id, type, data }: Stripe.Event, q: string): boolean {
  const texts = [id, type, JSON.stringify(data.object)]
  return q === '' || texts.some((text) => text.includes(q))
}
