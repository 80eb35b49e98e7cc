import { Money } from '@/app/components/money'
import { monthlyOf } from '@/app/components/price-text'
import type { Interval, PlanOf } from '@/lib/catalog/catalog-of'
import { trialWords } from './trial-words'

/**
 * Whether trials are offered here: not to a person who had one. `from`: the day on which it would
 * begin, where that is known.
 */
export type TrialOffer = { from: Date | null } | null

export type PlanNotes = Partial<Record<Interval, string>>

type Props = { plan: PlanOf<string>; trial: TrialOffer; notes: PlanNotes }

/** Both prices stand in the page; the chosen interval shows one of them. */
export function PlanPrice({ plan, trial, notes }: Props) {
  if (!plan.prices) {
    return (
      <PriceLines
        amount={<Money of={{ amount: 0, currency: plan.currency }} trim />}
        unit="for good"
        note="No card needed"
      />
    )
  }
  const { month, year } = plan.prices
  return (
    <>
      <div className="on-month">
        <PriceLines
          amount={<Money of={month} trim />}
          unit="a month"
          note="Billed monthly"
          more={notes.month ?? (trial && trialWords(plan, 'month', trial.from))}
        />
      </div>
      <div className="on-year">
        <PriceLines
          amount={<Money of={year} trim />}
          unit="a year"
          note={
            <>
              Works out at <Money of={monthlyOf(year)} /> a month
            </>
          }
          more={notes.year ?? (trial && trialWords(plan, 'year', trial.from))}
        />
      </div>
    </>
  )
}

type Lines = {
  amount: React.ReactNode
  unit: string
  note: React.ReactNode
  more?: string | null
}

function PriceLines({ amount, unit, note, more = null }: Lines) {
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="display text-price">{amount}</span>
        <span className="text-ink-2">{unit}</span>
      </p>
      <p className="mt-1 text-ink-3 text-sm">{note}</p>
      {more ? <p className="mt-2 text-ink-2 text-sm">{more}</p> : null}
    </>
  )
}
