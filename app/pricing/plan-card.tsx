import { type ReactNode, useId } from 'react'
import { Receipt, ReceiptRow } from '@/app/components/receipt'
import { FEATURES } from '@/lib/catalog/features'
import type { Plan } from '@/lib/catalog/plans'
import { PlanPrice } from './plan-price'

type Props = { plan: Plan; mark?: string | undefined; children: ReactNode }

/** A plan as a receipt. `children` is what a person can do with it here. */
export function PlanCard({ plan, mark, children }: Props) {
  const title = useId()
  return (
    <article
      aria-labelledby={title}
      className={`card flex flex-col p-6 ${mark ? 'border-accent ring-1 ring-accent' : ''}`}
    >
      <div className="flex min-h-7 items-center justify-between gap-3">
        <h2 id={title} className="display text-2xl">
          {plan.name}
        </h2>
        {mark ? (
          <p className="rounded-full bg-accent-soft px-2.5 py-0.5 font-medium text-accent-text text-xs">
            {mark}
          </p>
        ) : null}
      </div>
      <p className="mt-2 lg:min-h-12 text-[0.9375rem] text-ink-2">{plan.summary}</p>
      <div className="mt-5 lg:min-h-20">
        <PlanPrice plan={plan} />
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
      <div className="mt-auto">{children}</div>
    </article>
  )
}
