import type { Metadata } from 'next'
import { OutcomeFrame } from '@/app/checkout/return/outcome'
import { Shell } from '@/app/components/shell'
import { requireDevTools } from '@/app/dev/require-dev-tools'
import { BillingOverview } from '@/app/settings/billing/overview'
import { OverviewSkeleton } from '@/app/settings/billing/overview-skeleton'
import { Exhibit } from './exhibit'
import { STATES } from './fixtures'
import { RETURNS } from './returns'

export const metadata: Metadata = { title: 'Every state', robots: { index: false } }

/** Every screen of billing in every state, drawn by the very components of the real pages. */
export default async function StatesPage() {
  await requireDevTools()
  return (
    <Shell>
      <div className="grid grid-cols-1 gap-14 py-12">
        <h1 className="display text-3xl">Every state</h1>
        {STATES.map(({ name, billing }) => (
          <Exhibit key={name} name={name}>
            <BillingOverview billing={billing} />
          </Exhibit>
        ))}
        <Exhibit name="Still reading">
          <OverviewSkeleton />
        </Exhibit>
        {RETURNS.map(({ name, outcome, attempt }) => (
          <Exhibit key={name} name={`Return: ${name}`}>
            <OutcomeFrame
              of={outcome}
              actor={null}
              attempt={attempt}
              here="/checkout/return?session_id="
              reference="cs_test_example"
            />
          </Exhibit>
        ))}
      </div>
    </Shell>
  )
}
