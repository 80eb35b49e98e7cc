import { isDeepStrictEqual } from 'node:util'
import type Stripe from 'stripe'
import { idOf, optionalId } from '@/sandbox/ids'
import { isMetered } from '@/sandbox/lifecycle/price/cost'
import { render } from '@/sandbox/objects/render'
import type { Sandbox } from '@/sandbox/sandbox'
import type { Tx } from '@/sandbox/store/transaction'
import { edgesOf, LEGAL } from './status-transitions'

/** Everything that is wrong with the state of a sandbox, in words. */
export function wrongsOf(sandbox: Sandbox): string[] {
  return sandbox.change(null, (tx) => [
    ...tx.all('invoice').flatMap(wrongAmounts),
    ...tx.all('subscription').flatMap((row) => doubleCharges(tx, row)),
    ...unreported(tx),
    ...tx.all('invoice').flatMap((row) => wrongPayments(tx, row)),
    ...tx.all('customer').flatMap((row) => wrongBalance(tx, row)),
    ...movedAfterItsEnd(tx),
    ...edgesOf(tx)
      .filter(([from, to]) => from !== to && !LEGAL[from]?.includes(to))
      .map(([from, to]) => `a subscription went from ${from} to ${to}`),
    ...tx
      .all('charge')
      .filter((row) => row.amount_refunded > row.amount_captured)
      .map((row) => `${row.id} gave back more than it took`),
  ])
}

function wrongAmounts(invoice: Readonly<Stripe.Invoice>): string[] {
  const { id, lines, subtotal, total, amount_due: due, amount_paid: paid } = invoice
  const sum = (amounts: number[]) => amounts.reduce((all, amount) => all + amount, 0)
  const off = sum((invoice.total_discount_amounts ?? []).map(({ amount }) => amount))
  const onLines = lines.data.flatMap((line) => line.discount_amounts ?? [])
  const wrong = []
  if (sum(lines.data.map(({ amount }) => amount)) !== subtotal) wrong.push('subtotal')
  const taxed = sum(
    (invoice.total_taxes ?? [])
      .filter(({ tax_behavior }) => tax_behavior === 'exclusive')
      .map(({ amount }) => amount),
  )
  if (subtotal - off + taxed !== total) wrong.push('total')
  if (sum(onLines.map(({ amount }) => amount)) !== off) wrong.push('discounts of the lines')
  // What is too little to be charged is owed with the next invoice.
  const carried = Math.max(0, invoice.ending_balance ?? 0)
  const owed = Math.max(0, total + invoice.starting_balance)
  if (invoice.status !== 'draft' && due + carried !== owed) wrong.push('amount_due')
  if (carried > 0 && due > 0) wrong.push('a debt that is carried over beside what is due')
  if (invoice.status !== 'draft' && paid + invoice.amount_remaining !== due)
    wrong.push('amount_paid and amount_remaining')
  if (![subtotal, total, due, paid].every(Number.isInteger)) wrong.push('fractions of a cent')
  return wrong.map((what) => `${id}: ${what} does not add up`)
}

/** What charges took for an invoice is what it says was paid; nothing is taken twice. */
function wrongPayments(tx: Tx, { id, amount_paid: paid }: Readonly<Stripe.Invoice>): string[] {
  const intents = tx
    .all('invoice_payment')
    .filter((row) => idOf(row.invoice) === id)
    .map(({ payment }) => optionalId(payment.payment_intent))
  const taken = tx
    .all('charge')
    .filter((row) => row.paid && intents.includes(optionalId(row.payment_intent)))
    .reduce((sum, { amount }) => sum + amount, 0)
  return taken === paid ? [] : [`${id}: ${taken} was taken and ${paid} is said to be paid`]
}

/** A balance is what was moved, and invoices have moved what they say. */
function wrongBalance(tx: Tx, { id, balance }: Readonly<Stripe.Customer>): string[] {
  const rows = tx.by('customer_balance_transaction', 'customer', id)
  const sum = (amounts: number[]) => amounts.reduce((all, amount) => all + amount, 0)
  const moved = sum(rows.map(({ amount }) => amount))
  const applied = sum(
    rows.filter(({ type }) => type === 'applied_to_invoice').map(({ amount }) => amount),
  )
  const used = sum(
    tx
      .by('invoice', 'customer', id)
      .filter(({ ending_balance }) => ending_balance !== null)
      .map((row) => (row.ending_balance ?? 0) - row.starting_balance),
  )
  const wrong = []
  if (moved !== balance) wrong.push(`${id}: its balance is ${balance}, and ${moved} was moved`)
  if (applied !== used) wrong.push(`${id}: invoices moved ${used} of its balance, or ${applied}`)
  return wrong
}

/** Nothing but notes may change of what has ended. */
function movedAfterItsEnd(tx: Tx): string[] {
  const ended = new Map<string, object>()
  return tx.all('event').flatMap(({ id: event, data }) => {
    const { object } = data
    if (!('object' in object) || object.object !== 'subscription') return []
    // `object` has just said that it is one.
    const { metadata: _m, cancellation_details: _d, ...rest } = object as Stripe.Subscription
    const before = ended.get(rest.id)
    if (LEGAL[rest.status]?.length === 0) ended.set(rest.id, before ?? rest)
    if (!before || isDeepStrictEqual(before, rest)) return []
    const changes = Object.entries(before).filter(
      ([key, value]) => !isDeepStrictEqual(value, Object(rest)[key]),
    )
    return [`${rest.id} has ended, and ${event} changes ${changes.map(([key]) => key).join(', ')}`]
  })
}

/** No second of an item may be charged twice without having been credited. */
function doubleCharges(tx: Tx, subscription: Readonly<Stripe.Subscription>): string[] {
  const steps = new Map<string, [at: number, by: number][]>()
  const own = tx
    .all('invoice')
    .filter(
      ({ parent }) => optionalId(parent?.subscription_details?.subscription) === subscription.id,
    )
    .flatMap((invoice) => {
      const { status, billing_reason: reason, lines } = invoice
      const sold = lines.data.filter((line, nth) => sellsTime(tx, lines.data, line, nth))
      if (status !== 'void') return sold
      // Making a renewal void gives up the credit on it, and the time stays credited; a pending
      // update takes its own back. What had waited for an invoice is given up with it, whatever
      // else was on it.
      return sold.filter(
        (line) => isCredit(line) && (reason === 'subscription_cycle' || waited(tx, line, invoice)),
      )
    })
  for (const line of own) {
    const item = itemOf(tx, line)
    const by = isCredit(line) ? -1 : line.amount > 0 ? 1 : 0
    const { start, end } = line.period
    steps.set(item, [...(steps.get(item) ?? []), [start, by], [end, -by]])
  }
  return [...steps].flatMap(([item, moves]) => {
    let times = 0
    const sorted = moves.sort(([a, by], [b, other]) => a - b || by - other)
    const most = Math.max(...sorted.map(([, by]) => (times += by)))
    return most > 1 ? [`${item} of ${subscription.id} is charged ${most} times for one period`] : []
  })
}

/** What is used is paid for by use and not by time, and the tiers of one price sell one time together. */
function sellsTime(
  tx: Tx,
  lines: readonly Stripe.InvoiceLineItem[],
  line: Stripe.InvoiceLineItem,
  nth: number,
): boolean {
  const price = tx.find('price', optionalId(line.pricing?.price_details?.price) ?? '')
  if (price && isMetered(price)) return false
  const earlier = lines
    .slice(0, nth)
    .some(
      (other) =>
        itemOf(tx, other) === itemOf(tx, line) &&
        other.amount > 0 &&
        other.period.start === line.period.start &&
        TIER.test(other.description ?? ''),
    )
  return !(earlier && TIER.test(line.description ?? ''))
}

const TIER = /\(Tier \d+ at /

function isCredit({ description }: Stripe.InvoiceLineItem): boolean {
  return description?.startsWith('Unused time') ?? false
}

// A test clock stands still between requests, so that two of them may have one date.
function waited(
  tx: Tx,
  { parent }: Stripe.InvoiceLineItem,
  { id: invoice, created }: Readonly<Stripe.Invoice>,
): boolean {
  const id = parent?.subscription_item_details?.invoice_item ?? ''
  const date = tx.find('invoiceitem', id)?.date ?? created
  if (date !== created) return date < created
  const made = requestOf(tx, 'invoiceitem.created', id)
  return made !== null && made !== requestOf(tx, 'invoice.created', invoice)
}

/** The request that caused an object's last event; null where time did, or nothing. */
function requestOf(tx: Tx, type: string, object: string): string | null {
  const emitted = tx
    .all('event')
    .find(
      (event) =>
        event.type === type && 'id' in event.data.object && event.data.object.id === object,
    )
  return emitted?.request?.id ?? null
}

function itemOf(tx: Tx, { parent }: Stripe.InvoiceLineItem): string {
  const direct = parent?.subscription_item_details?.subscription_item
  const waited = tx.find('invoiceitem', parent?.invoice_item_details?.invoice_item ?? '')
  return direct ?? waited?.parent?.subscription_details?.subscription_item ?? ''
}

/** What differs from its last event. */
function unreported(tx: Tx): string[] {
  const emitted = new Map<string, object>()
  for (const { data } of tx.all('event')) {
    if ('id' in data.object && typeof data.object.id === 'string')
      emitted.set(data.object.id, data.object)
  }
  return REPORTED.flatMap((kind) =>
    tx.all(kind).flatMap((row) => {
      const last = emitted.get(idOf(row)) as Record<string, unknown> | undefined
      const now = render(tx, row) as Record<string, unknown>
      const keys = Object.keys(now).filter(
        (key) => !COUNTED.includes(key) && !isDeepStrictEqual(last?.[key], now[key]),
      )
      if (last && keys.length === 0) return []
      return [`${kind} ${row.id}: ${keys.join(', ')} changed and no event says so`]
    }),
  )
}

// What is only counted up, by each invoice, gets no event of its own.
const COUNTED = ['next_invoice_sequence']

// The kinds of which Stripe emits every change.
const REPORTED = [
  'customer',
  'dispute',
  'invoice',
  'payment_method',
  'refund',
  'subscription',
  'subscription_schedule',
] as const
