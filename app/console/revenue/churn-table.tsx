import { Cell, RowHead, Table } from '@/app/console/table'
import type { Revenue } from '@/lib/console/revenue'
import { figureOf } from '@/lib/revenue/figure'
import { headOf } from './head'
import { monthName } from './month-name'
import { Figures, Share } from './number'

type Props = Pick<Revenue, 'causes' | 'bridge'> & { currency: string }

/** Who left in each month, how many of a hundred that is, and for whom it was a payment that failed. */
export function ChurnTable({ causes, bridge, currency }: Props) {
  const head = [
    'Month',
    ...(['churn', 'churn_of_customers', 'churn_of_mrr', 'churn_failed'] as const).map((name) =>
      headOf(name),
    ),
  ]
  return (
    <Table label="Churn by month" head={head}>
      {causes.toReversed().map(({ month, all, failed }) => {
        const opening = bridge.find((each) => each.month === month)?.opening
        const left = figureOf('churn', month, currency)
        return (
          <tr key={month}>
            <RowHead>{monthName(month)}</RowHead>
            <Cell>
              <Figures figure={left} amount={all.amount} count={all.customers} of="customers" />
            </Cell>
            <Cell>
              <Share figure={left} part={all.customers} whole={opening?.customers ?? 0} />
            </Cell>
            <Cell>
              <Share figure={left} part={all.amount} whole={opening?.amount ?? 0} />
            </Cell>
            <Cell>
              <Figures
                figure={{ ...left, cause: 'payment_failed' }}
                amount={failed.amount}
                count={failed.customers}
                of="customers"
              />
            </Cell>
          </tr>
        )
      })}
    </Table>
  )
}
