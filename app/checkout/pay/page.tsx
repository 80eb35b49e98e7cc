import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { BackLink } from '@/app/components/back-link'
import type { Query } from '@/app/components/read-refusal'
import { Shell } from '@/app/components/shell'
import { SubmitButton } from '@/app/components/submit-button'
import { inTime } from '@/app/in-time'
import { payAtStripe } from '@/app/pricing/actions'
import { stripeKeys } from '@/app/stripe-js/keys'
import { currentUser } from '@/lib/auth/session'
import { PLANS } from '@/lib/catalog/plans'
import { readEmbedded } from '@/lib/checkout/embedded'
import { EmbeddedCheckout } from './embedded-checkout'

export const metadata: Metadata = {
  title: 'Checkout',
  robots: { index: false },
  // As on the return page: no other site is told the address.
  referrer: 'same-origin',
}

export default inTime(PayPage)

/**
 * Stripe's Checkout within a page of ours, where that is asked for. Reading it makes nothing; of what cannot
 * be paid here, the return page says what became of it.
 */
async function PayPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [viewer, query] = await Promise.all([currentUser(), searchParams])
  const sessionId = typeof query.session_id === 'string' ? query.session_id : ''
  const asked = new URLSearchParams({ session_id: sessionId })
  if (!viewer) redirect(`/sign-in?${new URLSearchParams({ return: `/checkout/pay?${asked}` })}`)
  const keys = stripeKeys()
  const embedded = keys && (await readEmbedded(viewer.actor, sessionId))
  if (!embedded) redirect(`/checkout/return?${asked}`)
  const { clientSecret, choice } = embedded
  return (
    <Shell viewer={viewer} wide>
      <div className="grid gap-6 py-10">
        <div>
          <BackLink href="/pricing">See all plans</BackLink>
          <h1 className="display mt-2 text-3xl">Pay for {PLANS[choice.tier].name}</h1>
        </div>
        <EmbeddedCheckout keys={keys} clientSecret={clientSecret} />
        <form action={payAtStripe}>
          <input type="hidden" name="tier" value={choice.tier} />
          <input type="hidden" name="interval" value={choice.interval} />
          <noscript>
            <p className="mb-3 text-ink-2">Without scripts it is paid on Stripe’s page.</p>
          </noscript>
          <SubmitButton busy="Opening checkout…">Pay on Stripe’s page instead</SubmitButton>
        </form>
      </div>
    </Shell>
  )
}
