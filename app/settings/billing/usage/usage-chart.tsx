import { Day } from '@/app/components/day'
import type { PeriodUsage } from '@/lib/usage/this-period'
import { BAR, barsOf, mostOf } from './bars'

const DAY_MS = 86_400_000

/**
 * The uses of each day of the period, drawn on the server. What it shows stands in the table, so it
 * is hidden from who reads that.
 */
export function UsageChart({ usage: { days, startsAt, resetsAt } }: { usage: PeriodUsage }) {
  // The days to come have their room, so that the chart does not change its scale from day to day.
  const width = Math.max(days.length, Math.round((+resetsAt - +startsAt) / DAY_MS)) * 100
  const bars = barsOf(days)
  return (
    <figure className="mt-4" aria-hidden="true">
      <p className="text-ink-3 text-sm">
        {bars.length > 0
          ? `${mostOf(days).toLocaleString('en-US')} a day`
          : 'No uses yet in this period'}
      </p>
      <svg
        aria-hidden="true"
        viewBox={`0 0 ${width} 100`}
        preserveAspectRatio="none"
        className="mt-1 h-40 w-full border-line-strong border-t border-b text-accent"
      >
        {bars.map(({ key, x, height }) => (
          <rect key={key} x={x} y={100 - height} width={BAR} height={height} fill="currentColor" />
        ))}
      </svg>
      <p className="mt-1 flex flex-wrap justify-between gap-x-4 text-ink-3 text-sm">
        <Day of={startsAt} />
        <Day of={resetsAt} />
      </p>
    </figure>
  )
}
