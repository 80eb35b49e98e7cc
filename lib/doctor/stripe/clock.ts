import { type Check, skip } from '@/lib/doctor/check'
import { judgeClock } from '@/lib/doctor/judge-clock'

export const stripeClock: Check = {
  id: 'stripe_clock',
  title: 'Clock, against Stripe',
  group: 'Stripe',
  after: 'stripe',
  needs: 'places',
  async look({ stripe }) {
    const { aheadMs } = await stripe()
    return aheadMs === null ? skip('it named no time') : judgeClock(aheadMs, 'Stripe')
  },
}
