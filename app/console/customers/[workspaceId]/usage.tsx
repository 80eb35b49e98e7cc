import { Day } from '@/app/components/day'
import { Section } from '@/app/console/section'
import type { CustomerFile } from '@/lib/console/customer'

/** What is used of this period, what of those before, and what was bought beside the plan. */
export function Usage({ file }: { file: CustomerFile }) {
  const { used, limit, resetsAt } = file.billing.usage
  return (
    <Section id="usage" title="Usage">
      <dl className="card grid gap-1 px-3 py-2.5">
        <div className="flex justify-between gap-4">
          <dt className="text-ink-3">This period</dt>
          <dd>
            {used} of {limit}
          </dd>
        </div>
        <div className="flex justify-between gap-4">
          <dt className="text-ink-3">Begins anew</dt>
          <dd>
            <Day of={resetsAt} />
          </dd>
        </div>
        <div className="flex justify-between gap-4">
          <dt className="text-ink-3">Credits left</dt>
          <dd>{file.credits}</dd>
        </div>
        {file.periods.map(({ periodStart, used: then }) => (
          <div key={periodStart.toISOString()} className="flex justify-between gap-4">
            <dt className="text-ink-3">
              From <Day of={periodStart} />
            </dt>
            <dd>{then}</dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}
