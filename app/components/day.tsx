import { formatDay, formatMoment } from '@/lib/day'

/** Broken between its words only where a line has no room for it. */
export function Day({ of }: { of: Date }) {
  return (
    <time dateTime={of.toISOString()} title={formatMoment(of)} className="inline-block">
      {formatDay(of)}
    </time>
  )
}
