import { Suspense } from 'react'
import { Money } from '@/app/components/money'
import { PageLink } from '@/app/components/page-link'
import { Receipt, ReceiptRow } from '@/app/components/receipt'
import { inTime } from '@/app/in-time'
import { paidWithText } from '@/app/settings/billing/charge-rows'
import { Value } from '@/app/settings/billing/plan-summary'
import { nextDate } from '@/app/settings/billing/summary-rows'
import { trialStrip } from '@/app/settings/billing/trial-strip'
import type { UserActor } from '@/lib/audit/actor'
import { readAmounts } from '@/lib/billing/amounts'
import { PLANS } from '@/lib/catalog/plans'
import type { CheckoutOutcome } from '@/lib/checkout/confirm'
import { readerOf } from '@/lib/redis/person-reads'
import { Frame } from './frame'

type Activated = Extract<CheckoutOutcome, { kind: 'activated' }>

// Without an actor Stripe is not asked: what the state has itself is shown.
type Props = { outcome: Activated; actor: UserActor | null }

/** A plan that begins with a trial: nothing was paid, so it says when the trial ends and what follows. */
export function TrialBegun({ outcome: { tier, billing }, actor }: Props) {
  const plan = PLANS[tier]
  return (
    <Frame tone="ok" icon="check" title={`Your trial of ${plan.name} has started.`}>
      <p role="status">Your plan is active. Nothing was charged.</p>
      <div className="mt-6 text-ink">
        <Receipt label="Your trial">
          <ReceiptRow label="Plan">{plan.name}</ReceiptRow>
          <ReceiptRow label="Uses a month">{plan.monthlyUses.toLocaleString('en-US')}</ReceiptRow>
          <Suspense fallback={<Dates of={billing} />}>
            <Follows billing={billing} actor={actor} />
          </Suspense>
        </Receipt>
      </div>
      <PageLink href="/settings/billing" className="button button-primary mt-7 w-full">
        Go to billing
      </PageLink>
    </Frame>
  )
}

function Dates({ of: billing }: { of: Activated['billing'] }) {
  return nextDate(billing).map(({ label, value }) => (
    <ReceiptRow key={label} label={label}>
      <Value of={value} />
    </ReceiptRow>
  ))
}

// Stripe's own amount for that day. Without its answer the day alone is said.
const Follows = inTime(
  async ({ billing, actor }: Pick<Props, 'actor'> & Pick<Activated, 'billing'>) => {
    const amounts = actor ? await readAmounts(readerOf(actor, actor.workspaceId), billing) : billing
    const known = { ...billing, ...amounts }
    const { next, trialEnding } = amounts
    const paidWith = next.kind === 'charge' && next.charge.paidWith
    const isCharged = trialEnding?.charge && trialEnding.withoutCard === null
    const { detail } = known.trialEnd ? trialStrip(known, known.trialEnd) : { detail: null }
    return (
      <>
        <Dates of={known} />
        {isCharged && trialEnding.charge ? (
          <ReceiptRow label="Then">
            <Money of={trialEnding.charge} />
          </ReceiptRow>
        ) : null}
        {paidWith ? <ReceiptRow label="Charged to">{paidWithText(paidWith)}</ReceiptRow> : null}
        {detail ? (
          <div className="mt-3 text-ink-2 text-sm">
            <dt className="sr-only">What follows</dt>
            <dd>{detail}</dd>
          </div>
        ) : null}
      </>
    )
  },
)
