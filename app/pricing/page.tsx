import type { Metadata } from 'next'
import { Shell } from '@/app/components/shell'
import { ALL_PLANS } from '@/lib/catalog/plans'
import { upgrade } from './actions'
import { planNames } from './plan-words'
import { Pricing } from './pricing'

export const metadata: Metadata = {
  title: 'Pricing',
  description: `${planNames(ALL_PLANS)}. Change or cancel whenever you like.`,
}

/** The same for every visitor, so it is built once; a click finds out who the user is. */
export const dynamic = 'error'

export default function PricingPage() {
  return (
    <Shell wide here="pricing">
      <Pricing plans={ALL_PLANS} upgrade={upgrade} />
    </Shell>
  )
}
