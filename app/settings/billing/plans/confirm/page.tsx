import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Suspense } from 'react'
import { BackLink } from '@/app/components/back-link'
import { Notice } from '@/app/components/notice'
import { PageLink } from '@/app/components/page-link'
import type { Query } from '@/app/components/read-refusal'
import { Refusal } from '@/app/components/refusal'
import { Shell } from '@/app/components/shell'
import { StreamingFallback } from '@/app/components/streaming-fallback'
import { inTime } from '@/app/in-time'
import { reviewOf } from '@/app/settings/billing/plans/review-of'
import type { UserActor } from '@/lib/audit/actor'
import { currentUser } from '@/lib/auth/session'
import { type Choice, readChoice } from '@/lib/catalog/parse-choice'
import { BillingError, Unavailable } from '@/lib/errors'
import { SENTENCES } from '@/lib/refusals/sentences'
import { type Review, reviewChange } from '@/lib/subscriptions/review-change'
import { ReviewForm } from './review-form'

export const metadata: Metadata = { title: 'Review your change' }

const PLANS_PAGE = '/settings/billing/plans'

export default inTime(ConfirmPage)

/** The step before a change of plan, at an address of its own: reading it changes nothing. */
async function ConfirmPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [viewer, query] = await Promise.all([currentUser(), searchParams])
  const choice = readChoice({ tier: query.tier, interval: query.interval })
  const back = choice ? reviewOf(choice) : PLANS_PAGE
  if (!viewer) redirect(`/sign-in?${new URLSearchParams({ return: back })}`)
  if (!choice) redirect(PLANS_PAGE)
  return (
    <Shell viewer={viewer} here="billing">
      <div className="py-12">
        <BackLink href="/settings/billing/plans">Plans</BackLink>
        <h1 className="display mt-2 mb-6 text-3xl">Review your change</h1>
        <div className="mb-6 grid gap-4 empty:hidden">
          <Refusal query={query} />
          {query.from === 'upgrade' ? (
            <Notice
              role="status"
              tone="info"
              icon="info"
              title="You already have a plan, so no second one was started."
            >
              Here is what you chose as a change of it. Nothing is charged before you agree.
            </Notice>
          ) : null}
        </div>
        <Suspense fallback={<Reading />}>
          <Reviewed actor={viewer.actor} choice={choice} />
        </Suspense>
      </div>
    </Shell>
  )
}

const Reviewed = inTime(async ({ actor, choice }: { actor: UserActor; choice: Choice }) => {
  const review = await asked(actor, choice)
  if (!(review instanceof BillingError)) return <ReviewForm review={review} />
  const { title, advice } = SENTENCES[review.reason ?? 'unforeseen']
  return (
    <Notice
      tone="warn"
      icon="alert"
      title={title}
      action={
        <PageLink href="/settings/billing" className="button">
          See billing
        </PageLink>
      }
    >
      {advice.replace('{wait}', 'a minute')}
    </Notice>
  )
})

// A refusal is shown here; an outage is shown as on every page.
async function asked(actor: UserActor, choice: Choice): Promise<Review | BillingError> {
  try {
    return await reviewChange(actor, choice)
  } catch (error) {
    if (error instanceof BillingError && !(error instanceof Unavailable)) return error
    throw error
  }
}

function Reading() {
  return (
    <StreamingFallback label="Asking Stripe what it costs…" here="/settings/billing/plans">
      <div className="card p-[min(1.5rem,6vw)]">
        <div className="shimmer h-7 w-72" />
        <div className="mt-5 grid gap-4">
          <div className="shimmer h-4 w-full" />
          <div className="shimmer h-4 w-full" />
          <div className="shimmer h-6 w-full" />
        </div>
        <div className="shimmer mt-8 h-11 w-56" />
      </div>
    </StreamingFallback>
  )
}
