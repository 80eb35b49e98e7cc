import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Notice } from '@/app/components/notice'
import type { Query } from '@/app/components/read-refusal'
import { Shell } from '@/app/components/shell'
import { inTime } from '@/app/in-time'
import { limitPromotion } from '@/app/limits'
import { upgrade } from '@/app/pricing/actions'
import { Pricing } from '@/app/pricing/pricing'
import { promotionWords } from '@/app/pricing/promotion-words'
import { ALL_PLANS } from '@/lib/catalog/plans'
import { readPromotion } from '@/lib/promotions/read'

export const metadata: Metadata = { title: 'Pricing', robots: { index: false } }

export default inTime(OfferPage)

/** What `/pricing?code=` shows: the plans, and what the promotion code does. Without a code that page is of the build. */
async function OfferPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { code } = await searchParams
  // One that stands there twice is none.
  if (typeof code !== 'string' || code === '') redirect('/pricing')
  const shown = await readPromotion(code, limitPromotion)
  const { title, detail } = promotionWords(shown, code)
  const isGiven = shown.kind === 'given'
  const isKept = isGiven || shown.kind === 'unknown'
  return (
    <Shell wide here="pricing">
      <div className="mx-auto mt-6 grid max-w-[640px]">
        <Notice
          role="status"
          tone={isGiven ? 'ok' : 'info'}
          icon={isGiven ? 'check' : 'info'}
          title={title}
        >
          {detail}
        </Notice>
      </div>
      <Pricing plans={ALL_PLANS} upgrade={upgrade} code={isKept ? code : null} />
    </Shell>
  )
}
