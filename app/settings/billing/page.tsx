import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { after } from 'next/server'
import { Suspense } from 'react'
import type { Query } from '@/app/components/read-refusal'
import { Refusal } from '@/app/components/refusal'
import { Shell } from '@/app/components/shell'
import { inTime } from '@/app/in-time'
import { SettingsNav } from '@/app/settings/settings-nav'
import type { UserActor } from '@/lib/audit/actor'
import { currentUser } from '@/lib/auth/session'
import { namesAmount, readAmounts } from '@/lib/billing/amounts'
import { readBilling } from '@/lib/billing/read'
import { confirmCredits } from '@/lib/credits/confirm'
import { creditsLeft } from '@/lib/credits/left'
import { drainAfterVisit } from '@/lib/jobs/drain-after-visit'
import { Credits } from './credits'
import { DoneNotice } from './done-notice'
import { BillingOverview } from './overview'
import { OverviewSkeleton } from './overview-skeleton'
import { isLive } from './plan-state'

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
        <p className="wrap-anywhere mt-1 text-ink-3">{viewer.email}</p>
        <SettingsNav here="/settings/billing" />
        <div className="grid grid-cols-1 gap-4">
          <Refusal query={query} />
          <Suspense fallback={<OverviewSkeleton />}>
            <Overview actor={viewer.actor} fresh={query.return === 'portal'} done={query.done} />
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

type Visit = { actor: UserActor; fresh: boolean; done: unknown }

const Overview = inTime(async ({ actor, fresh, done }: Visit) => {
  // A user who returns from Stripe may have changed something there a second ago: then Stripe is read.
  const refresh = fresh ? 'now' : 'stale'
  const billing = await readBilling(actor.workspaceId, { actor, refresh, later: after })
  const amounts = readAmounts(actor.id, billing)
  // A strip that asks for money names it; all else that Stripe is asked comes when it comes.
  const waits = namesAmount(billing) || !isLive(billing)
  const known = waits ? { ...billing, ...(await amounts) } : billing
  return (
    <div className="grid grid-cols-1 gap-4">
      <DoneNotice done={done} billing={known} />
      <BillingOverview billing={known} {...(waits ? {} : { amounts })} />
    </div>
  )
})

// A user who returns from paying must see what they bought on this page.
const BoughtCredits = inTime(async ({ actor, paid }: { actor: UserActor; paid: unknown }) => {
  const outcome = paid === null ? 'none' : await confirmCredits(actor, paid)
  return <Credits left={await creditsLeft(actor.workspaceId)} waits={outcome === 'waits'} />
})
