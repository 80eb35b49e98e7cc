import { formatDay, formatMoment } from '@/lib/day'

export function Day({ of }: { of: Date }) {
  return (
    <time dateTime={of.toISOString()} title={formatMoment(of)} className="whitespace-nowrap">
      {formatDay(of)}
    </time>
  )
}
