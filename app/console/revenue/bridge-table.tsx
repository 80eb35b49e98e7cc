import { Cell, RowHead, Table } from '@/app/console/table'
import { type BridgeMonth, STEPS } from '@/lib/revenue/bridge'
import { figureOf } from '@/lib/revenue/figure'
import { monthBefore } from '@/lib/revenue/months'
import { headOf } from './head'
import { monthName } from './month-name'
import { Figures } from './number'

type Props = { months: readonly BridgeMonth[]; currency: string; plan: string | null }

/** The bridge as a table, the newest month first. */
export function BridgeTable({ months, currency, plan }: Props) {
  const steps = STEPS.filter((step) => plan !== null || (step !== 'in' && step !== 'out'))
  const head = ['Month', headOf('opening'), ...steps.map((step) => headOf(step)), headOf('closing')]
  return (
    <Table label="Bridge of MRR by month" head={head}>
      {months.toReversed().map(({ month, opening, steps: taken, closing }) => (
        <tr key={month}>
          <RowHead>{monthName(month)}</RowHead>
          <Cell>
            <Figures
              figure={{ ...figureOf('closing', monthBefore(month), currency), plan }}
              amount={opening.amount}
              count={opening.customers}
              of="customers"
            />
          </Cell>
          {steps.map((step) => (
            <Cell key={step}>
              <Figures
                figure={{ ...figureOf(step, month, currency), plan }}
                amount={taken[step].amount}
                count={taken[step].customers}
                of="customers"
              />
            </Cell>
          ))}
          <Cell>
            <Figures
              figure={{ ...figureOf('closing', month, currency), plan }}
              amount={closing.amount}
              count={closing.customers}
              of="customers"
            />
          </Cell>
        </tr>
      ))}
    </Table>
  )
}
