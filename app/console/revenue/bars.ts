import type { BridgeMonth } from '@/lib/revenue/bridge'
import { STEPS } from '@/lib/revenue/bridge'

export const SLOT = 20
export const HEIGHT = 120
/** Slots of the drawing. A young account's few months stand at its right end, no wider than those of an old one. */
export const slotsOf = (months: number) => Math.max(12, months)

type Bar = { key: string; x: number; y: number; height: number; came: boolean }

/** Where each bar stands, where the line between them is, and the course of what stands, from the bottom up. */
export function barsOf(months: readonly BridgeMonth[]): {
  bars: Bar[]
  zero: number
  line: string
} {
  const sums = months.map(({ month, steps }) => {
    const amounts = STEPS.map((step) => steps[step].amount)
    const came = sum(amounts.filter((amount) => amount > 0))
    return { month, came, went: -sum(amounts.filter((amount) => amount < 0)) }
  })
  const most = Math.max(...sums.map(({ came }) => came), 0)
  const least = Math.max(...sums.map(({ went }) => went), 0)
  const scale = most + least > 0 ? HEIGHT / (most + least) : 0
  const zero = scale > 0 ? most * scale : HEIGHT
  const first = slotsOf(months.length) - months.length
  const top = Math.max(...months.map(({ closing }) => closing.amount), 1)
  return {
    zero,
    bars: sums.flatMap(({ month, came, went }, n) => {
      const x = (first + n) * SLOT + SLOT * 0.2
      return [
        { key: `${month} came`, x, y: zero - came * scale, height: came * scale, came: true },
        { key: `${month} went`, x, y: zero, height: went * scale, came: false },
      ].filter(({ height }) => height > 0)
    }),
    // Not quite to the edges, where half of its width would be cut off.
    line: months
      .map(({ closing }, n) => {
        const y = HEIGHT - 2 - (closing.amount / top) * (HEIGHT - 4)
        return `${(first + n) * SLOT + SLOT / 2},${Math.round(y * 10) / 10}`
      })
      .join(' '),
  }
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((all, amount) => all + amount, 0)
}
