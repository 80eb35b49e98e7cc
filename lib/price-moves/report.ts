import { formatDay } from '@/lib/day'
import { intervalWords, recordedInterval } from '@/lib/interval-words'
import { formatMoney } from '@/lib/money'
import { LEFT_OUT, type LeftOut } from './left-out'
import type { Route } from './route'
import type { Surveyed } from './survey'

type Sum = { count: number; before: number; after: number; first: Date; last: Date }

export type Report = {
  /** By currency. */
  moved: Map<string, Sum>
  /** How many, and the first of them. */
  left: Map<LeftOut, { count: number; named: string[] }>
  /** A line each, as many as are shown. */
  lines: string[]
}

// Of a hundred thousand, so many show what is done to each; the sums are of all.
const SHOWN = 20
const NAMED = 5

/** Of no subscriber yet. */
export function emptyReport(): Report {
  return { moved: new Map(), left: new Map(), lines: [] }
}

/** Counts one subscriber in. */
export function noteIn({ moved, left, lines }: Report, one: Surveyed): void {
  if (one.leftOut !== null) {
    const { count, named } = left.get(one.leftOut) ?? { count: 0, named: [] }
    if (count < NAMED) named.push(one.subscription)
    left.set(one.leftOut, { count: count + 1, named })
    return
  }
  const { currency, amountBefore, amountAfter, effectiveAt: at } = one.move
  const sum = moved.get(currency) ?? { count: 0, before: 0, after: 0, first: at, last: at }
  moved.set(currency, {
    count: sum.count + 1,
    before: sum.before + amountBefore,
    after: sum.after + amountAfter,
    first: new Date(Math.min(Number(at), Number(sum.first))),
    last: new Date(Math.max(Number(at), Number(sum.last))),
  })
  if (lines.length < SHOWN)
    lines.push(
      `  ${one.subscription}: ${money(amountBefore, currency)} → ${money(amountAfter, currency)} from ${formatDay(at)}`,
    )
}

type Often = Pick<Route, 'interval' | 'intervalCount'>

/** What a run does or would do, for an operator. */
export function reportText({ moved, left, lines }: Report, often: Often): string {
  const total = [...moved.values()].reduce((sum, { count }) => sum + count, 0)
  const text = [
    `${total} subscribers are moved. Each amount is Stripe's own preview of that subscriber's invoice.`,
  ]
  for (const [currency, sum] of moved) text.push(sumText(currency, sum, often))
  text.push(...lines)
  if (total > lines.length) text.push(`  and ${total - lines.length} more`)
  for (const [why, { count, named }] of left) {
    const more = count > named.length ? ' …' : ''
    text.push(`${count} left out, ${LEFT_OUT[why]}: ${named.join(', ')}${more}`)
  }
  return text.join('\n')
}

function sumText(currency: string, { count, before, after, first, last }: Sum, often: Often) {
  const { interval, intervalCount } = often
  const months = intervalCount * (interval === 'year' ? 12 : 1)
  const words = intervalWords(recordedInterval(interval, intervalCount))
  const each = intervalCount === 1 ? `by the ${interval}` : words?.per
  const difference = Math.round((after - before) / months)
  const sign = difference < 0 ? '−' : '+'
  return `${currency.toUpperCase()} ${each}: ${count}, ${money(before, currency)} → ${money(after, currency)}, ${sign}${money(Math.abs(difference), currency)} a month; renewals from ${formatDay(first)} to ${formatDay(last)}`
}

function money(amount: number, currency: string): string {
  return formatMoney({ amount, currency })
}
