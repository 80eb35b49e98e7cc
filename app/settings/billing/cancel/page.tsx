import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Suspense } from 'react'
import { BackLink } from '@/app/components/back-link'
import { type Query, readRefusal } from '@/app/components/read-refusal'
import { RefusalNotice } from '@/app/components/refusal'
import { Shell } from '@/app/components/shell'
import { StreamingFallback } from '@/app/components/streaming-fallback'
import { inTime } from '@/app/in-time'
import { readTyped, type Typed } from '@/app/typed'
import type { UserActor } from '@/lib/audit/actor'
import { currentUser } from '@/lib/auth/session'
import { readAmounts } from '@/lib/billing/amounts'
import { readBilling } from '@/lib/billing/read'
import { readEndNow } from '@/lib/subscriptions/end-now'
import { CancelPlan } from './cancel-plan'

export const metadata: Metadata = { title: 'Cancel plan' }

export default inTime(CancelPage)

/**
 * One page, and one press: what follows, why (if one likes), and what else could be done, all in
 * sight of the button.
 */
async function CancelPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [viewer, query] = await Promise.all([currentUser(), searchParams])
  if (!viewer) redirect('/sign-in?return=/settings/billing/cancel')
  const refusal = await readRefusal(query)
  return (
    <Shell viewer={viewer} here="billing" wide>
      <div className="py-12">
        <BackLink href="/settings/billing">Billing</BackLink>
        <h1 className="display mt-2 mb-6 text-3xl">Cancel plan</h1>
        <div className="mb-6 grid empty:hidden">
          {refusal ? <RefusalNotice of={refusal} /> : null}
        </div>
        <Suspense fallback={<Reading />}>
          <Current actor={viewer.actor} typed={readTyped(refusal?.typed)} />
        </Suspense>
      </div>
    </Shell>
  )
}

const Current = inTime(async ({ actor, typed }: { actor: UserActor; typed: Typed }) => {
  const billing = await readBilling(actor.workspaceId, { actor, refresh: 'stale' })
  // What is billed already is charged, canceled or not.
  const [amounts, endNow] = await Promise.all([readAmounts(actor.id, billing), readEndNow(actor)])
  return (
    <CancelPlan
      owner={actor.id}
      billing={{ ...billing, ...amounts }}
      endNow={endNow}
      typed={typed}
    />
  )
})

function Reading() {
  return (
    <StreamingFallback label="Reading your plan…" here="/settings/billing/cancel">
      <div className="grid gap-6 lg:grid-cols-2">
        <div className="card h-72 p-6">
          <div className="shimmer h-7 w-64" />
          <div className="shimmer mt-5 h-4 w-full" />
          <div className="shimmer mt-3 h-4 w-2/3" />
          <div className="shimmer mt-10 h-11 w-36" />
        </div>
        <div className="shimmer h-72" />
      </div>
    </StreamingFallback>
  )
}
