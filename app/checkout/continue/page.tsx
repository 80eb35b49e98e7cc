import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { choiceQuery, readChoiceQuery } from '@/app/components/choice-query'
import { PageLink } from '@/app/components/page-link'
import { type Query, readRefusal } from '@/app/components/read-refusal'
import { RefusalNotice } from '@/app/components/refusal'
import { Shell } from '@/app/components/shell'
import { SubmitButton } from '@/app/components/submit-button'
import { inTime } from '@/app/in-time'
import { upgrade } from '@/app/pricing/actions'
import { PromotionNotice } from '@/app/pricing/promotion-notice'
import { currentUser } from '@/lib/auth/session'
import { isPromotionText } from '@/lib/catalog/parse-purchase'
import { PLANS } from '@/lib/catalog/plans'
import { isCheckoutSessionId } from '@/lib/ids'
import { Offered } from './offered'
import { readTerms } from './read-terms'
import { SubmitOnArrival } from './submit-on-arrival'

export const metadata: Metadata = { title: 'Continue to payment' }

export default inTime(ContinuePage)

/** The step between signing in and paying. Reading it makes nothing: only its form's POST starts a checkout. */
async function ContinuePage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams
  const choice = readChoiceQuery(query.plan, query.interval)
  // Only our own sign-in page continues by itself; a link on another site starts nothing.
  const ownWay = (await headers()).get('sec-fetch-site') === 'same-origin'
  const viewer = await currentUser()
  if (!viewer)
    redirect(choice ? `/sign-in?${choiceQuery(choice, query.code, query.from)}` : '/sign-in')
  const refusal = await readRefusal(query)
  if (!choice && !refusal) redirect('/pricing')
  const hasLeft = query.left === '1' && !refusal
  const code = isPromotionText(query.code) ? query.code : null
  const terms = choice && (await readTerms(viewer.actor, choice, { code, hasLeft }))
  return (
    <Shell viewer={viewer}>
      <div className="mx-auto grid max-w-[440px] gap-6 py-16">
        {refusal ? <RefusalNotice of={refusal} /> : null}
        {terms?.promotion && code ? (
          <PromotionNotice shown={terms.promotion} code={code} hasPlan={terms.hasPlan} />
        ) : null}
        {choice && terms ? (
          <form action={upgrade} className="card p-[min(1.5rem,6vw)]" id="continue">
            <input type="hidden" name="tier" value={choice.tier} />
            <input type="hidden" name="interval" value={choice.interval} />
            {code ? <input type="hidden" name="code" value={code} /> : null}
            {isCheckoutSessionId(query.from) ? (
              <input type="hidden" name="from" value={query.from} />
            ) : null}
            <h1 className="display mb-4 text-2xl">
              {hasLeft
                ? 'You left checkout before paying.'
                : `Continue with ${PLANS[choice.tier].name}`}
            </h1>
            <Offered choice={choice} terms={terms} />
            <SubmitButton busy="Opening checkout…" className="button-primary mt-6 w-full">
              {hasLeft ? 'Resume checkout' : 'Continue to payment'}
            </SubmitButton>
            <p className="mt-3 text-center text-ink-3 text-sm">
              {hasLeft
                ? 'Nothing was charged, and your choice is kept.'
                : 'Nothing is charged before you confirm at Stripe.'}
            </p>
            {query.error !== undefined || hasLeft || !ownWay ? null : (
              <SubmitOnArrival form="continue" />
            )}
          </form>
        ) : null}
        <PageLink
          href={`/settings/billing/plans?interval=${choice?.interval ?? 'month'}`}
          className="link justify-self-center"
        >
          See all plans
        </PageLink>
      </div>
    </Shell>
  )
}
