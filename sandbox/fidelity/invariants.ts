import { isDeepStrictEqual } from 'node:util'
import type Stripe from 'stripe'
import { idOf, optionalId } from '@/sandbox/ids'
import { render } from '@/sandbox/objects/render'
import type { Sandbox } from '@/sandbox/sandbox'
import type { Tx } from '@/sandbox/store/transaction'
import { edgesOf, LEGAL } from './edges'

/** Everything that is wrong with the state of a sandbox, in words. */
export function wrongsOf(sandbox: Sandbox): string[] {
  return sandbox.change(null, (tx) => [
    ...tx.all('invoice').flatMap(wrongAmounts),
    ...tx.all('subscription').flatMap((row) => doubleCharges(tx, row)),
    ...untold(tx),
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
  if (subtotal - off !== total) wrong.push('total')
  if (sum(onLines.map(({ amount }) => amount)) !== off) wrong.push('discounts of the lines')
  if (invoice.status !== 'draft' && due !== Math.max(0, total + invoice.starting_balance))
    wrong.push('amount_due')
  if (invoice.status !== 'draft' && paid + invoice.amount_remaining !== due)
    wrong.push('amount_paid and amount_remaining')
  if (![subtotal, total, due, paid].every(Number.isInteger)) wrong.push('fractions of a cent')
  return wrong.map((what) => `${id}: ${what} does not add up`)
}

/** No second of an item may be charged twice without having been credited. */
function doubleCharges(tx: Tx, subscription: Readonly<Stripe.Subscription>): string[] {
  const steps = new Map<string, [at: number, by: number][]>()
  const own = tx
    .all('invoice')
    .filter(({ parent, status }) => {
      const of = optionalId(parent?.subscription_details?.subscription)
      return of === subscription.id && status !== 'void'
    })
    .flatMap(({ lines }) => lines.data)
  for (const line of own) {
    const item = itemOf(tx, line)
    const by = line.description?.startsWith('Unused time') ? -1 : line.amount > 0 ? 1 : 0
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

function itemOf(tx: Tx, { parent }: Stripe.InvoiceLineItem): string {
  const direct = parent?.subscription_item_details?.subscription_item
  const waited = tx.find('invoiceitem', parent?.invoice_item_details?.invoice_item ?? '')
  return direct ?? waited?.parent?.subscription_details?.subscription_item ?? ''
}

/** What differs from what was last told about it. */
function untold(tx: Tx): string[] {
  const told = new Map<string, object>()
  for (const { data } of tx.all('event')) {
    if ('id' in data.object && typeof data.object.id === 'string')
      told.set(data.object.id, data.object)
  }
  return (['subscription', 'invoice'] as const).flatMap((kind) =>
    tx.all(kind).flatMap((row) => {
      const last = told.get(idOf(row)) as Record<string, unknown> | undefined
      const now = render(tx, row) as Record<string, unknown>
      if (last && isDeepStrictEqual(last, now)) return []
      const keys = Object.keys(now).filter((key) => !isDeepStrictEqual(last?.[key], now[key]))
      return [`${kind} ${row.id}: ${keys.join(', ')} changed and no event says so`]
    }),
  )
}
