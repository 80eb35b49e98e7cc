import { Cell, RowHead, Table } from '@/app/console/table'
import type { Revenue } from '@/lib/console/revenue'
import { figureOf } from '@/lib/revenue/figure'
import { headOf } from './head'
import { monthName } from './month-name'
import { Figures } from './number'
import { shareText } from './share'

type Props = Pick<Revenue, 'causes' | 'bridge'> & { currency: string }

/** Who left in each month, how many of a hundred that is, and for whom it was a payment that failed. */
export function ChurnTable({ causes, bridge, currency }: Props) {
  const head = ['Month', headOf('churn'), 'Of customers', 'Of MRR', 'Of it, after failed payments']
  return (
    <Table label="Churn by month" head={head}>
      {causes.toReversed().map(({ month, all, failed }) => {
        const opening = bridge.find((each) => each.month === month)?.opening
        return (
          <tr key={month}>
            <RowHead>{monthName(month)}</RowHead>
            <Cell>
              <Figures
                figure={figureOf('churn', month, currency)}
                amount={all.amount}
                count={all.customers}
                of="customers"
              />
            </Cell>
            <Cell>{shareText(all.customers, opening?.customers ?? 0)}</Cell>
            <Cell>{shareText(all.amount, opening?.amount ?? 0)}</Cell>
            <Cell>
              <Figures
                figure={{ ...figureOf('churn', month, currency), cause: 'payment_failed' }}
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
