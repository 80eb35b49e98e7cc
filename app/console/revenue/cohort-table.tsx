import { PageLink } from '@/app/components/page-link'
import { Cell, RowHead, Table } from '@/app/console/table'
import type { Cohort } from '@/lib/revenue/cohorts'
import { figureOf } from '@/lib/revenue/figure'
import { figurePath } from './figure-path'
import { headOf } from './head'
import { monthName } from './month-name'
import { Figures } from './number'

type Props = { cohorts: readonly Cohort[]; currency: string }

/** Of the customers who came in each month, how many of a hundred stand after how many months. */
export function CohortTable({ cohorts, currency }: Props) {
  const longest = Math.max(...cohorts.map(({ months }) => months.length), 1)
  const head = [
    'Came in',
    headOf('came'),
    ...Array.from({ length: longest - 1 }, (_, n) => headOf('stays', `+${n + 1}`)),
  ]
  return (
    <Table label="Customers who stay, by the month in which they came" head={head}>
      {cohorts.toReversed().map(({ month, months }) => {
        const [first, ...later] = months
        const began = first?.closing.customers ?? 0
        return (
          <tr key={month}>
            <RowHead>{monthName(month)}</RowHead>
            <Cell>
              <Figures
                figure={{ ...figureOf('closing', month, currency), cohort: month }}
                amount={null}
                count={began}
                of="customers"
              />
            </Cell>
            {later.map((each) => (
              <Cell key={each.month}>
                {began > 0 ? (
                  <PageLink
                    href={figurePath({
                      ...figureOf('closing', each.month, currency),
                      cohort: month,
                    })}
                    className="link inline-flex min-h-6 items-center tabular-nums"
                    title={`${each.closing.customers} of ${began} in ${monthName(each.month)}`}
                  >
                    {Math.round((each.closing.customers / began) * 100)} %
                  </PageLink>
                ) : null}
              </Cell>
            ))}
            {later.length < longest - 1 ? <td colSpan={longest - 1 - later.length} /> : null}
          </tr>
        )
      })}
    </Table>
  )
}
