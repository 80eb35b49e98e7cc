import { Cell, RowHead, Table } from '@/app/console/table'
import type { Revenue } from '@/lib/console/revenue'
import { figureOf } from '@/lib/revenue/figure'
import { headOf } from './head'
import { dayName } from './month-name'
import { Figures } from './number'

/** What is to be charged on each of the next days. */
export function RenewalTable({ renewals }: Pick<Revenue, 'renewals'>) {
  return (
    <Table label="Upcoming renewals by day" head={['Day', headOf('renewals')]}>
      {renewals.map(({ day, currency, renewals: count, amount }) => (
        <tr key={day}>
          <RowHead>{dayName(day)}</RowHead>
          <Cell>
            <Figures
              figure={figureOf('renewals', day, currency)}
              amount={amount}
              count={count}
              of="subscriptions"
            />
          </Cell>
        </tr>
      ))}
    </Table>
  )
}
