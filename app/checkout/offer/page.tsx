import type { Metadata } from 'next'
import { after } from 'next/server'
import type { Query } from '@/app/components/read-refusal'
import { Shell } from '@/app/components/shell'
import { inTime } from '@/app/in-time'
import { limitPromotion } from '@/app/limits'
import { upgrade } from '@/app/pricing/actions'
import { Pricing, PricingTitle } from '@/app/pricing/pricing'
import { PromotionNotice } from '@/app/pricing/promotion-notice'
import { isLive } from '@/app/settings/billing/plan-state'
import { PaysIn } from '@/app/settings/billing/plans/pays-in'
import { PlanChoices } from '@/app/settings/billing/plans/plan-choices'
import { ALL_PLANS } from '@/lib/catalog/plans'
import { drainAfterVisit } from '@/lib/jobs/drain-after-visit'
import { readPromotion } from '@/lib/promotions/read'
import { readVisitor } from './read-visitor'

export const metadata: Metadata = { title: 'Pricing', robots: { index: false } }

export default inTime(OfferPage)

/**
 * What `/pricing` shows a visitor with a session, a promotion code or both: the plans as they can take them, and
 * what the code does. Every other visitor has the page of the build. It leads no one back there: a cookie that
 * opens no session, is empty or cannot be decoded would bring its visitor here again, for ever.
 */
async function OfferPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams
  // One that stands there twice is none.
  const code = typeof query.code === 'string' && query.code !== '' ? query.code : null
  const [shown, visitor] = await Promise.all([
    code === null ? null : readPromotion(code, limitPromotion),
    readVisitor(),
  ])
  const { viewer, owned } = visitor ?? { viewer: null, owned: null }
  if (viewer) after(drainAfterVisit)
  const hasPlan = owned !== null && isLive(owned.billing)
  const kept = shown?.kind === 'given' || shown?.kind === 'unknown' ? code : null
  return (
    <Shell wide here="pricing" {...(viewer ? { viewer } : {})}>
      {shown && code ? (
        <div className="mx-auto mt-6 grid max-w-[640px]">
          <PromotionNotice shown={shown} code={code} hasPlan={hasPlan} />
        </div>
      ) : null}
      <Pricing
        plans={owned?.plans ?? ALL_PLANS}
        upgrade={upgrade}
        code={kept}
        {...(hasPlan ? { pay: CHANGES } : {})}
        choices={
          owned && (
            <>
              <PlanChoices owned={owned} code={kept} lead={<PricingTitle />} />
              <PaysIn currency={owned.paysIn} />
            </>
          )
        }
      />
    </Shell>
  )
}

// A subscriber pays for a change with what is on file, after its review.
const CHANGES = 'You see what a change costs, and when, before you agree to it.'
