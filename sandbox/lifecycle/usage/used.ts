import type Stripe from 'stripe'
import type { Tx } from '@/sandbox/store/transaction'

/** What a customer has used of a meter from `start` until before `end`, as the meter adds it up. */
export function usedOf(
  tx: Tx,
  meter: Readonly<Stripe.Billing.Meter>,
  customer: string,
  { start, end }: { start: number; end: number },
): number {
  const values = tx
    .all('meter_event')
    .filter(
      (row) =>
        row.event_name === meter.event_name &&
        row.customer === customer &&
        row.at >= start &&
        row.at < end,
    )
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value)
  const { formula } = meter.default_aggregation
  if (formula === 'count') return values.length
  if (formula === 'last') return values.at(-1) ?? 0
  return values.reduce((sum, value) => sum + value, 0)
}
