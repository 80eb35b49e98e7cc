import type Stripe from 'stripe'
import { optionalId } from '@/sandbox/ids'
import { longDate } from '@/sandbox/pages/dates'
import { type Html, html } from '@/sandbox/pages/html'
import { money } from '@/sandbox/pages/money'
import type { Sandbox } from '@/sandbox/sandbox'
import { instantHtml } from './instant'

/** What happened to a subscription, its invoices and their payments, newest first, each with its event. */
export function timeline({ store }: Sandbox, subscription: string, labeledBy: string): Html {
  const intents = intentsOf(store, subscription)
  const events = [...store.all('event')]
    .filter(({ type }) => SHOWN.some((prefix) => type.startsWith(prefix)))
    .filter(({ data }) => isAbout(data.object, subscription, intents))
    .map((event) => ({ event, words: wordsFor(event) }))
    .reverse()
  return html`<ol class="timeline" role="list" aria-labelledby="${labeledBy}">${events.map(
    ({ event, words: { text, tone } }) =>
      html`<li class="${tone}">${text}<span class="more">${instantHtml(event.created)} · <a href="/dashboard/events/${event.id}"><code>${event.type}</code></a></span></li>`,
  )}</ol>`
}

const SHOWN = ['customer.subscription.', 'invoice.', 'charge.dispute.', 'refund.']

function isAbout(
  object: Stripe.Event.Data.Object,
  subscription: string,
  intents: ReadonlySet<string>,
): boolean {
  if (isInvoice(object))
    return optionalId(object.parent?.subscription_details?.subscription) === subscription
  if (isOfCharge(object)) return intents.has(optionalId(object.payment_intent) ?? '')
  return 'id' in object && object.id === subscription
}

/** The payment intents of a subscription's invoices. */
function intentsOf(store: Sandbox['store'], subscription: string): ReadonlySet<string> {
  const payments = store
    .by('invoice', 'subscription', subscription)
    .flatMap(({ id }) => store.by('invoice_payment', 'invoice', id))
  return new Set(payments.flatMap(({ payment }) => optionalId(payment.payment_intent) ?? []))
}

interface Words {
  text: string
  tone: 'ok' | 'bad' | 'warn' | ''
}

function wordsFor({ type, data }: Stripe.Event): Words {
  const { object, previous_attributes: before } = data
  if (isInvoice(object)) return invoiceWords(type, object)
  if (isOfCharge(object)) return chargeWords(type, object)
  const [, tone, said] = SUBSCRIPTION.find(([name]) => name === type) ?? [type, '' as const, type]
  if (type !== 'customer.subscription.updated') return { text: said, tone }
  const status = 'status' in object ? String(object.status) : ''
  const changed = Object.keys(before ?? {})
  if (changed.includes('status')) return { text: `Became ${status}`, tone: toneOf(status) }
  return { text: `Changed: ${changed.map((name) => name.replaceAll('_', ' ')).join(', ')}`, tone }
}

const SUBSCRIPTION: readonly (readonly [type: string, tone: Words['tone'], text: string])[] = [
  ['customer.subscription.created', 'ok', 'Subscribed'],
  ['customer.subscription.updated', '', ''],
  ['customer.subscription.deleted', 'bad', 'Ended'],
  ['customer.subscription.paused', 'warn', 'Paused'],
  ['customer.subscription.resumed', 'ok', 'Resumed'],
  ['customer.subscription.trial_will_end', 'warn', 'Trial ends soon'],
]

function invoiceWords(type: string, invoice: Stripe.Invoice): Words {
  const amount = money({ amount: invoice.amount_due, currency: invoice.currency })
  const next = invoice.next_payment_attempt
  const again = next === null ? 'No more attempts.' : `Next attempt ${longDate(next)}.`
  if (type === 'invoice.paid') return { text: `Invoice of ${amount} paid`, tone: 'ok' }
  if (type === 'invoice.payment_failed')
    return { text: `Payment of ${amount} failed. ${again}`, tone: 'bad' }
  if (type === 'invoice.payment_action_required')
    return { text: `The bank asks before ${amount} is paid`, tone: 'warn' }
  const verb = type.replace('invoice.', '').replaceAll('_', ' ')
  return { text: `Invoice of ${amount}: ${verb}`, tone: '' }
}

function chargeWords(
  type: string,
  { amount, currency, status }: Stripe.Dispute | Stripe.Refund,
): Words {
  const sum = money({ amount, currency })
  if (type === 'charge.dispute.created') return { text: `${sum} is disputed`, tone: 'bad' }
  if (type === 'charge.dispute.closed')
    return { text: `Dispute of ${sum} ${status}`, tone: status === 'won' ? 'ok' : 'bad' }
  if (type === 'refund.created') return { text: `${sum} refunded`, tone: 'warn' }
  return { text: `${sum}: ${type.replace(/^charge\./, '').replaceAll(/[._]/g, ' ')}`, tone: '' }
}

function toneOf(status: string): Words['tone'] {
  if (status === 'active' || status === 'trialing') return 'ok'
  return status === 'past_due' || status === 'unpaid' ? 'bad' : 'warn'
}

function isInvoice(object: Stripe.Event.Data.Object): object is Stripe.Invoice {
  return 'object' in object && object.object === 'invoice'
}

function isOfCharge(object: Stripe.Event.Data.Object): object is Stripe.Dispute | Stripe.Refund {
  return 'object' in object && (object.object === 'dispute' || object.object === 'refund')
}
