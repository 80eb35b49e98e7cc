import { type ReactNode, useId } from 'react'
import { Receipt, ReceiptRow } from '@/app/components/receipt'
import type { PlanOf } from '@/lib/catalog/catalog-of'
import { FEATURES } from '@/lib/catalog/features'
import { type PlanNotes, PlanPrice, type TrialOffer } from './plan-price'

type Props = {
  plan: PlanOf<string>
  mark?: string | undefined
  /** Left out: none is offered here. */
  trial?: TrialOffer
  /** What is said below its price, by the interval that it holds for. */
  notes?: PlanNotes
  children: ReactNode
}

/**
 * A plan as a receipt; its five parts stand level with those of the plans beside it. `children` is
 * what a person can do with it here.
 */
export function PlanCard({ plan, mark, trial = null, notes = {}, children }: Props) {
  const title = useId()
  return (
    <article
      id={plan.tier}
      aria-labelledby={title}
      className={`card row-span-5 grid grid-cols-1 grid-rows-subgrid gap-y-0 p-5 @xs:p-6 @[66rem]:p-5 ${mark ? 'border-accent ring-1 ring-accent' : ''}`}
    >
      <div className="flex min-h-7 flex-wrap items-center justify-between gap-x-3 gap-y-2">
        <h2 id={title} className="display wrap-anywhere text-2xl">
          {plan.name}
        </h2>
        {mark ? (
          <p className="rounded-full bg-accent-soft px-2.5 py-0.5 font-medium text-accent-text text-xs">
            {mark}
          </p>
        ) : null}
      </div>
      <p className="mt-2 text-[0.9375rem] text-ink-2">{plan.summary}</p>
      <div className="mt-5">
        <PlanPrice plan={plan} trial={trial} notes={notes} />
      </div>
      <div className="mt-4 mb-6 border-line border-t pt-3">
        <Receipt label={`What ${plan.name} includes`}>
          <ReceiptRow label="Uses a month">{plan.monthlyUses.toLocaleString('en-US')}</ReceiptRow>
          {plan.features.map((feature) => (
            <ReceiptRow key={feature} label={FEATURES[feature].name}>
              Included
            </ReceiptRow>
          ))}
        </Receipt>
      </div>
      <div className="self-end">{children}</div>
    </article>
  )
}
