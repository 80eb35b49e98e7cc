import type Stripe from 'stripe'
import type { Person } from './person'

/** The subscriptions of a person and their invoices, a line each, to show what went wrong. */
export function statementOf({ subscriptions, account }: Person): string[] {
  const { store } = account.sandbox
  return subscriptions().flatMap((subscription) => [
    subscriptionLine(subscription),
    ...store.by('invoice', 'subscription', subscription.id).map(invoiceLine),
  ])
}

function subscriptionLine(subscription: Readonly<Stripe.Subscription>): string {
  const { id, status, items, trial_end, pause_collection, latest_invoice } = subscription
  const plans = items.data.map(({ quantity, price: { metadata, recurring }, ...item }) => {
    const end = day(item.current_period_end)
    return `${quantity} × ${metadata.tier} by the ${recurring?.interval} to ${end}`
  })
  const trial = trial_end === null ? null : `trial to ${day(trial_end)}`
  const words = [id, status, ...plans, trial, pause_collection?.behavior]
  return [...words, `latest ${latest_invoice}`].filter(Boolean).join(', ')
}

function invoiceLine(invoice: Readonly<Stripe.Invoice>): string {
  const { id, billing_reason, status, collection_method: method, lines } = invoice
  const { starting_balance: from, ending_balance: to, total, amount_paid: paid } = invoice
  const asked = lines.data.map(
    ({ amount, quantity, period, pricing }) =>
      `${amount} for ${quantity} of ${pricing?.price_details?.price} ${day(period.start)}…${day(period.end)}`,
  )
  const days = `made ${day(invoice.created)}, final ${day(invoice.status_transitions.finalized_at)}`
  const sums = `total ${total}, paid ${paid}, balance ${from}…${to}`
  return `  ${id} ${billing_reason} ${status} ${method}, ${days}, ${sums}: ${asked.join('; ')}`
}

function day(seconds: number | null): string {
  return seconds === null ? '–' : new Date(seconds * 1000).toISOString().slice(0, 16)
}
