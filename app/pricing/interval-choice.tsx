import type { Interval, PlanOf } from '@/lib/catalog/catalog-of'
import { yearlyLabel } from './plan-words'

// Forced colors drop backgrounds, and with them what was chosen, unless it is one of the person's own.
const OPTION =
  'flex min-h-11 items-center gap-2 rounded-full px-[min(1rem,4vw)] text-center text-[0.9375rem] text-ink-2 has-checked:bg-ink has-checked:text-bg has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-[var(--focus)] forced-colors:has-checked:bg-[Highlight] forced-colors:has-checked:text-[HighlightText] forced-colors:has-checked:forced-color-adjust-none'

type Props = { plans: readonly PlanOf<string>[]; initial?: Interval }

/** Two radios of the plans' form. Choosing swaps the prices in CSS: nothing loads, nothing navigates. */
export function IntervalChoice({ plans, initial = 'month' }: Props) {
  return (
    <fieldset className="inline-flex rounded-full border border-line-strong bg-surface p-1">
      <legend className="sr-only">Billing interval</legend>
      <label className={OPTION}>
        <input
          type="radio"
          name="interval"
          value="month"
          defaultChecked={initial === 'month'}
          className="sr-only"
        />
        Monthly
      </label>
      <label className={OPTION}>
        <input
          type="radio"
          name="interval"
          value="year"
          defaultChecked={initial === 'year'}
          className="sr-only"
        />
        {yearlyLabel(plans)}
      </label>
    </fieldset>
  )
}
