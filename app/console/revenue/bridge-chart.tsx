import { formatMoney } from '@/lib/money'
import type { BridgeMonth } from '@/lib/revenue/bridge'
import { barsOf, HEIGHT, SLOT, slotsOf } from './bars'
import { monthName } from './month-name'

type Props = { months: readonly BridgeMonth[]; currency: string }

/**
 * What came and what went in each month, above and below a line, and what stands, drawn on the
 * server. The table beside it says the same.
 */
export function BridgeChart({ months, currency }: Props) {
  const { bars, zero, line } = barsOf(months)
  const [first, last] = [months[0], months.at(-1)]
  if (!first || !last) return null
  const width = slotsOf(months.length) * SLOT
  const money = (amount: number) => formatMoney({ amount, currency })
  return (
    <figure className="card px-3 py-3">
      <svg
        viewBox={`0 0 ${width} ${HEIGHT}`}
        role="img"
        aria-labelledby="bridge-title bridge-desc"
        className="h-56 w-full"
        preserveAspectRatio="none"
      >
        <title id="bridge-title">MRR by month</title>
        <desc id="bridge-desc">
          {`From ${money(first.opening.amount)} at the beginning of ${monthName(first.month)} to ${money(last.closing.amount)} in ${monthName(last.month)}. What came stands above the line, what went below it; the same numbers are in the table that follows.`}
        </desc>
        {bars.map(({ key, x, y, height, came }) => (
          <rect
            key={key}
            x={x}
            y={y}
            width={SLOT * 0.6}
            height={height}
            className={came ? 'fill-accent' : 'fill-danger'}
          />
        ))}
        <line
          x1={0}
          x2={width}
          y1={zero}
          y2={zero}
          className="stroke-line-strong"
          vectorEffect="non-scaling-stroke"
        />
        <polyline
          points={line}
          className="fill-none stroke-ink"
          strokeWidth={2}
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <figcaption className="mt-1 flex flex-wrap justify-between gap-x-4 text-ink-3 text-xs">
        {/* Under the first bar only where the bars begin at the left. */}
        <span>{months.length < slotsOf(0) ? '' : monthName(first.month)}</span>
        <span className="flex flex-wrap gap-x-4">
          <Key className="bg-accent">came</Key>
          <Key className="bg-danger">went</Key>
          <Key className="h-0.5! bg-ink">what stands, on its own scale</Key>
        </span>
        <span>{monthName(last.month)}</span>
      </figcaption>
    </figure>
  )
}

function Key({ className, children }: { className: string; children: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span aria-hidden="true" className={`inline-block h-2.5 w-2.5 ${className}`} />
      {children}
    </span>
  )
}
