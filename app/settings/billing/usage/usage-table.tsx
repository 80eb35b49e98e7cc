import { Day } from '@/app/components/day'
import type { UsageDay } from '@/lib/usage/history'

/** The same as the chart, in numbers: the newest day first. */
export function UsageTable({ days }: { days: UsageDay[] }) {
  return (
    <table className="w-full border-collapse text-[0.9375rem]">
      <caption className="sr-only">Uses on each day of this period, the newest first</caption>
      <thead>
        <tr className="border-line border-b text-ink-3 text-sm">
          <th scope="col" className="py-2 text-left font-medium">
            Day
          </th>
          <th scope="col" className="py-2 text-right font-medium">
            Uses
          </th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {days.toReversed().map(({ day, units }) => (
          <tr key={day}>
            <th scope="row" className="py-2 text-left font-normal">
              <Day of={new Date(`${day}T00:00:00Z`)} />
            </th>
            <td className="py-2 text-right tabular-nums">{units.toLocaleString('en-US')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
