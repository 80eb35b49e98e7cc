import { Icon } from '@/app/components/icons'
import { Money } from '@/app/components/money'
import type { PlanOf } from '@/lib/catalog/catalog-of'
import { type Cell, COMPARISON, type Row } from './comparison-rows'

type Plans = readonly PlanOf<string>[]

/**
 * A real table: every row and column has its header, and every row says what it means. Columns are never
 * narrower than what stands in them: where a phone has no room for all, the plans move under the first
 * one. Their names are links, so that a keyboard moves them, too.
 */
export function Comparison({ plans }: { plans: Plans }) {
  const wide = plans.length > WORDY
  return (
    <div className="scroll-x relative">
      <table className="w-full border-collapse text-left text-[0.9375rem]">
        <caption className="display pb-3 text-left text-2xl">Compare the plans</caption>
        <colgroup>
          <col className={wide ? 'w-[36%]' : 'w-[44%] sm:w-[52%]'} />
          {plans.map(({ tier }) => (
            <col key={tier} style={{ width: `${(wide ? 64 : 48) / plans.length}%` }} />
          ))}
        </colgroup>
        <thead>
          <tr className="border-ink border-b">
            <td />
            {plans.map(({ tier, name }) => (
              <th key={tier} scope="col" className="py-3 pl-2 font-semibold">
                <a href={`#${tier}`} className="hover:underline">
                  {name}
                </a>
              </th>
            ))}
          </tr>
        </thead>
        {COMPARISON.map((group) => (
          <tbody key={group.name}>
            <tr>
              <th
                scope="rowgroup"
                colSpan={plans.length + 1}
                className="pt-7 pb-2 font-medium text-ink-3 text-sm"
              >
                {group.name}
              </th>
            </tr>
            {group.rows.map((row) => (
              <ComparisonRow key={row.name} row={row} plans={plans} />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  )
}

// More plans than this leave no room for a word beside each sign.
const WORDY = 3

function ComparisonRow({ row, plans }: { row: Row; plans: Plans }) {
  return (
    <tr className="border-line border-t align-top">
      <th scope="row" className="sticky left-0 min-w-34 bg-bg py-3 pr-3 font-medium">
        {row.name}
        <span className="block max-w-[44ch] font-normal text-ink-3 text-sm">{row.definition}</span>
      </th>
      {plans.map((plan) => (
        <td key={plan.tier} className="py-3 pl-2">
          <Value of={row.value(plan)} wordy={plans.length <= WORDY} />
        </td>
      ))}
    </tr>
  )
}

function Value({ of, wordy }: { of: Cell; wordy: boolean }) {
  if (typeof of === 'string') return of
  if (typeof of === 'object') return <Money of={of} trim />
  return (
    <span className={`inline-flex h-6 items-center gap-1.5 ${of ? 'text-ink' : 'text-ink-3'}`}>
      <Icon name={of ? 'check' : 'dash'} className={`size-4 ${of ? 'text-accent' : ''}`} />
      <span className={wordy ? 'sr-only sm:not-sr-only' : 'sr-only'}>
        {of ? 'Included' : 'Not included'}
      </span>
    </span>
  )
}
