import { Icon } from '@/app/components/icons'
import { Money } from '@/app/components/money'
import { PLANS, TIERS } from '@/lib/catalog/plans'
import { type Cell, COMPARISON, type Row } from './comparison-rows'

/** A real table: every row and column has its header, every row says what it means, and it fits a phone. */
export function Comparison() {
  return (
    <table className="w-full table-fixed border-collapse text-left text-[0.9375rem]">
      <caption className="display pb-3 text-left text-2xl">Compare the plans</caption>
      <colgroup>
        <col className="w-[44%] sm:w-[52%]" />
        <col span={3} />
      </colgroup>
      <thead>
        <tr className="border-ink border-b">
          <td />
          {TIERS.map((tier) => (
            <th key={tier} scope="col" className="py-3 pl-2 font-semibold">
              {PLANS[tier].name}
            </th>
          ))}
        </tr>
      </thead>
      {COMPARISON.map((group) => (
        <tbody key={group.name}>
          <tr>
            <th
              scope="rowgroup"
              colSpan={TIERS.length + 1}
              className="pt-7 pb-2 font-medium text-ink-3 text-sm"
            >
              {group.name}
            </th>
          </tr>
          {group.rows.map((row) => (
            <ComparisonRow key={row.name} row={row} />
          ))}
        </tbody>
      ))}
    </table>
  )
}

function ComparisonRow({ row }: { row: Row }) {
  return (
    <tr className="border-line border-t align-top">
      <th scope="row" className="py-3 pr-3 font-medium">
        {row.name}
        <span className="block max-w-[44ch] font-normal text-ink-3 text-sm">{row.definition}</span>
      </th>
      {TIERS.map((tier) => (
        <td key={tier} className="py-3 pl-2">
          <Value of={row.value(PLANS[tier])} />
        </td>
      ))}
    </tr>
  )
}

function Value({ of }: { of: Cell }) {
  if (typeof of === 'string') return of
  if (typeof of === 'object') return <Money of={of} trim />
  return (
    <span className={`inline-flex h-6 items-center gap-1.5 ${of ? 'text-ink' : 'text-ink-3'}`}>
      <Icon name={of ? 'check' : 'dash'} className={`size-4 ${of ? 'text-accent' : ''}`} />
      <span className="sr-only sm:not-sr-only">{of ? 'Included' : 'Not included'}</span>
    </span>
  )
}
