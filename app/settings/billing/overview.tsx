import { Suspense } from 'react'
import type { Amounts, Billing } from '@/lib/billing/billing'
import { cardStrip } from './card-strip'
import { ComingChange } from './coming-change'
import { NextCharge, NextChargeSkeleton } from './next-charge'
import { PlanSummary } from './plan-summary'
import { StaleNotice } from './stale-notice'
import { StateStrip, StripNotice } from './state-strip'
import { UsageMeter } from './usage-meter'

type Props = {
  billing: Billing
  /** What Stripe is still being asked; left out, the billing has it. */
  amounts?: Promise<Amounts>
}

/** Everything the billing page says, from one reading; also what the gallery of states shows. */
export function BillingOverview({ billing, amounts }: Props) {
  return (
    <div className="grid grid-cols-1 gap-4">
      <StaleNotice billing={billing} />
      <StateStrip billing={billing} />
      <PlanSummary billing={billing} />
      {amounts ? (
        <Suspense fallback={<NextChargeSkeleton />}>
          <LateNextCharge billing={billing} amounts={amounts} />
        </Suspense>
      ) : (
        <WhatFollows billing={billing} />
      )}
      <UsageMeter usage={billing.usage} />
    </div>
  )
}

async function LateNextCharge({ billing, amounts }: Required<Props>) {
  return <WhatFollows billing={{ ...billing, ...(await amounts) }} />
}

function WhatFollows({ billing }: { billing: Billing }) {
  const card = cardStrip(billing)
  return (
    <>
      <ComingChange billing={billing} />
      {card ? <StripNotice strip={card} /> : null}
      <NextCharge billing={billing} />
    </>
  )
}
