import type Stripe from 'stripe'
import { optionalId } from '@/sandbox/ids'

/** What an invoice asks for a price up to an instant, or gives back with a minus. Minor units, Unix seconds. */
export type NetLine = {
  price: string
  amount: number
  quantity: number
  start: number
  end: number
}

/** The lines of an invoice. What it takes and gives back for one price to one end is no line at all. */
export function netLines({ lines }: Readonly<Stripe.Invoice>): NetLine[] {
  const net = new Map<string, NetLine>()
  const undone = new Set<string>()
  for (const { amount, quantity, period, pricing } of lines.data) {
    const price = optionalId(pricing?.price_details?.price) ?? ''
    const key = `${price} to ${period.end}`
    const before = net.get(key)
    const shown = before && amount < 0 ? before : { quantity: quantity ?? 1, start: period.start }
    const sum = amount + (before?.amount ?? 0)
    const { start } = shown
    net.set(key, { price, amount: sum, quantity: shown.quantity, start, end: period.end })
    if (before && sum === 0) undone.add(key)
    else undone.delete(key)
  }
  return [...net].flatMap(([key, line]) => (undone.has(key) ? [] : line))
}
