import { useId } from 'react'
import { Day } from '@/app/components/day'
import { Money } from '@/app/components/money'
import { Receipt, ReceiptRow } from '@/app/components/receipt'
import type { Billing } from '@/lib/billing/billing'
import { PlanActions } from './plan-actions'
import { planName } from './plan-state'
import { StatusChip } from './status-chip'
import { type SummaryRow, summaryRows } from './summary-rows'

/** The plan as a receipt: what it is, what it costs, and the next date that matters. */
export function PlanSummary({ billing }: { billing: Billing }) {
  const title = useId()
  return (
    <section aria-labelledby={title} className="card p-[min(1.5rem,6vw)]">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 id={title} className="display text-2xl">
          {planName(billing)}
        </h2>
        {billing.status === 'none' ? null : <StatusChip billing={billing} />}
      </div>
      <div className="mt-4 border-line border-t pt-3">
        <Receipt label="Your plan">
          {summaryRows(billing).map(({ label, value }) => (
            <ReceiptRow key={label} label={label}>
              <Value of={value} />
            </ReceiptRow>
          ))}
        </Receipt>
      </div>
      <PlanActions billing={billing} />
    </section>
  )
}

/** A day, an amount or words, each as its own element. */
export function Value({ of }: { of: SummaryRow['value'] }) {
  if (of instanceof Date) return <Day of={of} />
  return typeof of === 'string' ? of : <Money of={of} />
}
