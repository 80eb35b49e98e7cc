import { Section } from '@/app/console/section'
import { spanText } from '@/app/console/span'
import type { readHealthPage } from '@/lib/console/health'

type Figures = Awaited<ReturnType<typeof readHealthPage>>['figures']

/** How much waits, and for how long. */
export function Figures({ figures }: { figures: Figures }) {
  const age = (seconds: number | null) => (seconds === null ? '–' : spanText(seconds * 1000))
  const rows = [
    ['Events that wait', figures.inboxPending],
    ['The oldest of them', age(figures.inboxOldest)],
    ['Dead events', figures.inboxDead],
    ['Customers due to be read', figures.targetsDue],
    ['Parked customers', figures.targetsParked],
    ['Entries of the outbox that wait', figures.outboxPending],
    ['Delivery, the slowest of twenty', age(figures.deliveryLag)],
    ['From arrival to done, the slowest of twenty', age(figures.processingTime)],
    ['Since Stripe’s events were looked through', age(figures.cursorAge)],
    ...Object.entries(figures.jobAges).map(([job, seconds]) => [
      `Since the job ${job} ended well`,
      age(seconds),
    ]),
  ] as const
  return (
    <Section id="figures" title="Figures">
      <dl className="card divide-y divide-line">
        {rows.map(([label, value]) => (
          <div key={label} className="flex justify-between gap-4 px-3 py-1.5">
            <dt className="text-ink-3">{label}</dt>
            <dd className="whitespace-nowrap">{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}
