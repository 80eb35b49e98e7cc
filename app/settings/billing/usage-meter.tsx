import { useId } from 'react'
import { Day } from '@/app/components/day'
import type { Usage } from '@/lib/entitlements/usage-of'

// Where the meter turns to warn: early enough to act before the limit.
const NEARLY = 0.8

export function UsageMeter({ usage }: { usage: Usage }) {
  const title = useId()
  const { used, limit, resetsAt } = usage
  const share = limit > 0 ? Math.min(used / limit, 1) : 1
  const words = `${used.toLocaleString('en-US')} of ${limit.toLocaleString('en-US')} uses`
  const tone = share >= 1 ? 'text-danger' : share >= NEARLY ? 'text-warn' : 'text-accent'
  return (
    <section aria-labelledby={title} className="card p-[min(1.5rem,6vw)]">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 id={title} className="font-semibold">
          Usage this month
        </h2>
        <p className="text-ink-3 text-sm">
          Starts again on <Day of={resetsAt} />
        </p>
      </div>
      {/* The native meter is what is announced; browsers draw it in too many ways to be seen. */}
      <meter
        min={0}
        max={limit}
        value={Math.min(used, limit)}
        aria-labelledby={title}
        aria-valuetext={words}
        className="sr-only"
      />
      <svg
        aria-hidden="true"
        className={`mt-4 h-2.5 w-full overflow-hidden rounded-full border border-line bg-subtle ${tone}`}
      >
        <rect width={`${share * 100}%`} height="100%" fill="currentColor" />
      </svg>
      <p className="mt-3 flex items-baseline justify-between gap-4 text-[0.9375rem]">
        <span>{words}</span>
        <span className="text-ink-3">{Math.floor(share * 100)}%</span>
      </p>
    </section>
  )
}
