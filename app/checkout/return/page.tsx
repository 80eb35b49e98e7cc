import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { after } from 'next/server'
import type { Query } from '@/app/components/read-refusal'
import { Shell } from '@/app/components/shell'
import { inTime } from '@/app/in-time'
import type { UserActor } from '@/lib/audit/actor'
import { currentUser } from '@/lib/auth/session'
import { confirmCheckout } from '@/lib/checkout/confirm'
import { PATIENCE, within } from '@/lib/deadline'
import { Unavailable } from '@/lib/errors'
import { drainAfterVisit } from '@/lib/jobs/drain-after-visit'
import { readAttempt } from './attempts'
import { type Outcome, OutcomeFrame } from './outcome'

export const metadata: Metadata = {
  title: 'Your payment',
  robots: { index: false },
  // Other sites must not get the address; our own needs the origin, or a form without scripts is refused.
  referrer: 'same-origin',
}

export default inTime(ReturnPage)

/**
 * Where Stripe sends a person back to. The address proves nothing: Stripe is asked, for the
 * signed-in owner, and the answer is applied in this very request. It makes no session of any kind.
 */
async function ReturnPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [viewer, query] = await Promise.all([currentUser(), searchParams])
  const sessionId = typeof query.session_id === 'string' ? query.session_id : ''
  const here = `/checkout/return?${new URLSearchParams({ session_id: sessionId })}` as const
  if (!viewer) redirect(`/sign-in?${new URLSearchParams({ return: here })}`)
  after(drainAfterVisit)
  const outcome = await askStripe(viewer.actor, sessionId)
  return (
    <Shell viewer={viewer}>
      <div className="mx-auto max-w-[480px] py-16">
        <OutcomeFrame
          of={outcome}
          actor={viewer.actor}
          attempt={readAttempt(query.try)}
          here={here}
          reference={sessionId}
        />
      </div>
    </Shell>
  )
}

// Stripe out of reach says nothing about the payment: the page keeps asking instead of failing.
async function askStripe(actor: UserActor, sessionId: string): Promise<Outcome> {
  try {
    return await within(PATIENCE.stripe, () => confirmCheckout(actor, sessionId, { later: after }))
  } catch (error) {
    if (error instanceof Unavailable) return { kind: 'unreachable' }
    throw error
  }
}
