import { PageLink } from '@/app/components/page-link'
import { Cell, RowHead, Table } from '@/app/console/table'
import { tierName } from '@/app/console/tier-name'
import type { FigureRow } from '@/lib/console/revenue'
import { formatMoney } from '@/lib/money'
import type { Figure } from '@/lib/revenue/figure'

type Props = { figure: Figure; rows: readonly FigureRow[] }

/** Who is behind a number, a row each, which leads to their page. */
export function FigureTable({ figure, rows }: Props) {
  const moved = rows.some(({ before }) => before !== null)
  const counted = rows.some(({ amount }) => amount !== null)
  return (
    <Table
      label="Customers behind the number"
      head={[
        'Who',
        'Plan',
        ...(moved ? ['Before'] : []),
        ...(counted ? [moved ? 'After' : 'Amount'] : []),
        ...(figure.of === 'closing' ? ['Last changed in'] : ['Since']),
        'Outcome',
        'At Stripe',
      ]}
    >
      {rows.map((row) => (
        <tr key={row.objectId ?? row.customerId}>
          <RowHead>
            <PageLink
              href={
                row.workspaceId
                  ? `/console/customers/${row.workspaceId}`
                  : `/console?q=${row.customerId}`
              }
              className="link"
            >
              {row.email ?? row.customerId}
            </PageLink>
          </RowHead>
          <Cell>{[row.planBefore, row.plan].filter(isNews).map(tierName).join(' → ') || '–'}</Cell>
          {moved ? <Cell>{money(row.before, row.currency)}</Cell> : null}
          {counted ? <Cell>{money(row.amount, row.currency)}</Cell> : null}
          <Cell>
            <span className="font-mono text-xs">{row.at?.slice(0, 19) ?? '–'}</span>
          </Cell>
          <Cell>{row.outcome.replaceAll('_', ' ') || '–'}</Cell>
          <Cell>
            <code className="font-mono text-xs">{row.objectId ?? row.customerId}</code>
          </Cell>
        </tr>
      ))}
    </Table>
  )
}

// A plan that stayed is named once.
function isNews(plan: string, n: number, all: readonly string[]): boolean {
  return plan !== '' && (n === 0 || plan !== all[0])
}

function money(amount: number | null, currency: string): string {
  return amount === null ? '–' : formatMoney({ amount, currency })
}
