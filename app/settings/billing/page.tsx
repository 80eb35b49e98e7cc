import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { after } from 'next/server'
import { Suspense } from 'react'
import { PageLink } from '@/app/components/page-link'
import { Refusal } from '@/app/components/refusal'
import type { Query } from '@/app/components/refusals'
import { Shell } from '@/app/components/shell'
import { inTime } from '@/app/in-time'
import type { UserActor } from '@/lib/audit/actor'
import { currentUser } from '@/lib/auth/session'
import { readBilling } from '@/lib/billing/read'
import { confirmCredits } from '@/lib/credits/confirm'
import { creditsLeft } from '@/lib/credits/left'
import { drainAfterVisit } from '@/lib/jobs/drain-after-visit'
import { Credits } from './credits'
import { BillingOverview } from './overview'
import { OverviewSkeleton } from './overview-skeleton'

export const metadata: Metadata = { title: 'Billing' }

export default inTime(BillingPage)

async function BillingPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [viewer, query] = await Promise.all([currentUser(), searchParams])
  if (!viewer) redirect('/sign-in?return=/settings/billing')
  after(drainAfterVisit)
  return (
    <Shell viewer={viewer} here="billing">
      <div className="py-12">
        <h1 className="display text-3xl">Billing</h1>
        <p className="mt-1 mb-6 flex flex-wrap gap-x-4 text-ink-3">
          {viewer.email}
          <PageLink href="/settings/sign-in-methods" className="link">
            Sign-in methods
          </PageLink>
        </p>
        <div className="grid gap-4">
          <Refusal query={query} />
          <Suspense fallback={<OverviewSkeleton />}>
            <Overview actor={viewer.actor} fresh={query.return === 'portal'} />
          </Suspense>
          <Suspense>
            <BoughtCredits
              actor={viewer.actor}
              paid={query.return === 'credits' ? query.session_id : null}
            />
          </Suspense>
        </div>
      </div>
    </Shell>
  )
}

// Who comes back from the portal may have changed something there a second ago: then Stripe is asked.
const Overview = inTime(async ({ actor, fresh }: { actor: UserActor; fresh: boolean }) => (
  <BillingOverview
    billing={
      await readBilling(actor.workspaceId, {
        actor,
        refresh: fresh ? 'now' : 'stale',
        later: after,
        amounts: true,
      })
    }
  />
))

// Who comes back from paying has what they paid for on this very page.
const BoughtCredits = inTime(async ({ actor, paid }: { actor: UserActor; paid: unknown }) => {
  const outcome = paid === null ? 'none' : await confirmCredits(actor, paid)
  return <Credits left={await creditsLeft(actor.workspaceId)} waits={outcome === 'waits'} />
})
