import { PageLink } from '@/app/components/page-link'
import { Cell, RowHead, Table } from '@/app/console/table'
import { tierName } from '@/app/console/tier-name'
import type { Revenue } from '@/lib/console/revenue'
import { formatMoney } from '@/lib/money'
import { figureOf } from '@/lib/revenue/figure'
import { headOf } from './head'
import { monthName } from './month-name'
import { Figures } from './number'

type Props = { byPlan: Revenue['byPlan']; currency: string }

/** What each plan is worth now, and what it was a month and a year ago. */
export function PlanTable({ byPlan, currency }: Props) {
  const shown = [-1, -2, -13]
  const months = shown.flatMap((at) => byPlan[0]?.months.at(at)?.month ?? [])
  return (
    <Table
      label="MRR by plan"
      head={[
        'Plan',
        ...months.map((month) => headOf('closing', monthName(month))),
        headOf('change'),
      ]}
    >
      {byPlan.map(({ plan, months: all }) => {
        const last = all.at(-1)
        return (
          <tr key={plan}>
            <RowHead>{tierName(plan)}</RowHead>
            {months.map((month) => {
              const { amount, customers } =
                all.find((each) => each.month === month)?.closing ?? NONE
              const figure = { ...figureOf('closing', month, currency), plan }
              return (
                <Cell key={month}>
                  <Figures figure={figure} amount={amount} count={customers} of="customers" />
                </Cell>
              )
            })}
            <Cell>
              {last ? (
                <PageLink
                  href={`/console/revenue?${new URLSearchParams({ currency, plan })}#bridge`}
                  className="link inline-flex min-h-6 items-center tabular-nums"
                >
                  {formatMoney({ amount: last.closing.amount - last.opening.amount, currency })}
                </PageLink>
              ) : (
                '–'
              )}
            </Cell>
          </tr>
        )
      })}
    </Table>
  )
}

const NONE = { amount: 0, customers: 0 }
