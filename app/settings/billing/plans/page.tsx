import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { after } from 'next/server'
import { Suspense } from 'react'
import { BackLink } from '@/app/components/back-link'
import type { Query } from '@/app/components/read-refusal'
import { Refusal } from '@/app/components/refusal'
import { Shell } from '@/app/components/shell'
import { inTime } from '@/app/in-time'
import { isLive } from '@/app/settings/billing/plan-state'
import type { UserActor } from '@/lib/audit/actor'
import { currentUser } from '@/lib/auth/session'
import { INTERVALS, type Interval } from '@/lib/catalog/plans'
import { readOpenChoice } from '@/lib/checkout/open-choice'
import { drainAfterVisit } from '@/lib/jobs/drain-after-visit'
import { OpenCheckout } from './open-checkout'
import { PaysIn } from './pays-in'
import { PlanChoices } from './plan-choices'
import { PlansSkeleton } from './plans-skeleton'
import { readPlansOf } from './read-own-plans'

export const metadata: Metadata = { title: 'Plans' }

export default inTime(PlansPage)

async function PlansPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [viewer, query] = await Promise.all([currentUser(), searchParams])
  const interval = readInterval(query.interval)
  const here = `/settings/billing/plans${interval ? `?interval=${interval}` : ''}`
  if (!viewer) redirect(`/sign-in?${new URLSearchParams({ return: here })}`)
  after(drainAfterVisit)
  return (
    <Shell viewer={viewer} here="billing" wide>
      <div className="py-12">
        <BackLink href="/settings/billing">Billing</BackLink>
        <h1 className="display mt-2 mb-6 text-3xl">Plans</h1>
        <div className="mb-6 grid gap-4 empty:hidden">
          <Refusal query={query} />
        </div>
        <Suspense fallback={<PlansSkeleton />}>
          <Choices actor={viewer.actor} interval={interval} />
        </Suspense>
      </div>
    </Shell>
  )
}

type Asked = { actor: UserActor; interval: Interval | null }

const Choices = inTime(async ({ actor, interval }: Asked) => {
  const [owned, open] = await Promise.all([readPlansOf(actor), readOpenChoice(actor.workspaceId)])
  return (
    <>
      {open && !isLive(owned.billing) ? <OpenCheckout choice={open} /> : null}
      <PlanChoices owned={owned} interval={interval ?? open?.interval ?? null} />
      <PaysIn currency={owned.paysIn} />
    </>
  )
})

function readInterval(value: Query[string]): Interval | null {
  return INTERVALS.find((each) => each === value) ?? null
}
