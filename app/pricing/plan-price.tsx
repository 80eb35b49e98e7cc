import { Money } from '@/app/components/money'
import { monthlyOf } from '@/app/components/price-text'
import type { PlanOf } from '@/lib/catalog/catalog-of'

/** Both prices stand in the page; the chosen interval shows one of them. */
export function PlanPrice({ plan }: { plan: PlanOf<string> }) {
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
        <PriceLines amount={<Money of={month} trim />} unit="a month" note="Billed monthly" />
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
        />
      </div>
    </>
  )
}

type Lines = { amount: React.ReactNode; unit: string; note: React.ReactNode }

function PriceLines({ amount, unit, note }: Lines) {
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="display text-price">{amount}</span>
        <span className="text-ink-2">{unit}</span>
      </p>
      <p className="mt-1 text-ink-3 text-sm">{note}</p>
    </>
  )
}
