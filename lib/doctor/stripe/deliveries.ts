import { toUnix } from '@/lib/clock'
import { type Check, ok, warn } from '@/lib/doctor/check'
import { countUndelivered } from '@/lib/stripe/account'
import { productionPorts } from '@/lib/sync/production-ports'

// Seconds. What is younger may be on its way; older than a day is the backfill's, which has been since.
const YOUNG = 600
const OLD = 86_400

/** What Stripe says of its own deliveries: the one thing that cannot be seen from here. */
export const deliveries: Check = {
  id: 'webhook_deliveries',
  title: 'Deliveries of webhooks',
  group: 'Stripe',
  after: 'stripe',
  needs: 'places',
  async look() {
    const now = toUnix(await productionPorts().clock.now())
    const lost = await countUndelivered(now - OLD, now - YOUNG)
    return lost === 0
      ? ok('none failed in the last day')
      : warn(
          `${lost === 100 ? 'a hundred or more' : lost} ${lost === 1 ? 'event' : 'events'} of the last day reached no endpoint`,
          'Look at the endpoint at dashboard.stripe.com/webhooks: its answers say why. If they are 400, its secret is not STRIPE_WEBHOOK_SECRET. The hourly backfill brings what was lost.',
        )
  },
}
