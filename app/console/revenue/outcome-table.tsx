import { Cell, RowHead, Table } from '@/app/console/table'
import { type FigureName, figureOf } from '@/lib/revenue/figure'
import { type Explained, headOf } from './head'
import { monthName } from './month-name'
import { Figures, Share } from './number'

type Total = { month: string; outcome: FigureName; count: number; amount: number | null }

type Props = {
  label: string
  months: readonly string[]
  /** The number of all, then of each outcome; the share is that of the first outcome in what is decided. */
  all: FigureName
  outcomes: readonly [FigureName, ...FigureName[]]
  /** The outcome that is none yet. */
  open: FigureName
  share: Explained
  totals: readonly Total[]
  currency: string | null
  of: string
}

/** What became of what began in each month. */
export function OutcomeTable({
  label,
  months,
  all,
  outcomes,
  open,
  share,
  totals,
  currency,
  of,
}: Props) {
  return (
    <Table label={label} head={['Month', ...[all, ...outcomes, share].map((name) => headOf(name))]}>
      {months.toReversed().map((month) => {
        const own = totals.filter((each) => each.month === month)
        const sum = (wanted: readonly Total[]) => ({
          count: wanted.reduce((sum, each) => sum + each.count, 0),
          amount: currency ? wanted.reduce((sum, each) => sum + (each.amount ?? 0), 0) : null,
        })
        const decided = sum(own.filter(({ outcome }) => outcome !== open)).count
        const good = sum(own.filter(({ outcome }) => outcome === outcomes[0])).count
        return (
          <tr key={month}>
            <RowHead>{monthName(month)}</RowHead>
            <Cell>
              <Figures figure={figureOf(all, month, currency)} {...sum(own)} of={of} />
            </Cell>
            {outcomes.map((outcome) => (
              <Cell key={outcome}>
                <Figures
                  figure={figureOf(outcome, month, currency)}
                  {...sum(own.filter((each) => each.outcome === outcome))}
                  of={of}
                />
              </Cell>
            ))}
            <Cell>
              <Share figure={figureOf(outcomes[0], month, currency)} part={good} whole={decided} />
            </Cell>
          </tr>
        )
      })}
    </Table>
  )
}
