import { type Check, fail, ok } from '@/lib/doctor/check'
import { Unavailable } from '@/lib/errors'
import { failureText } from '@/lib/log'

/** Everything else about Stripe comes after this. */
export const stripeReach: Check = {
  id: 'stripe',
  title: 'Stripe takes the key',
  group: 'Stripe',
  needs: 'places',
  async look({ stripe, env }) {
    const { apiBase, livemode } = env.stripe
    const where = apiBase
      ? `the sandbox at ${apiBase.host}`
      : `Stripe, ${livemode ? 'LIVE' : 'test mode'}`
    try {
      const { ms } = await stripe()
      return ok(`${where}, ${ms.toFixed(0)} ms there and back`)
    } catch (error) {
      return fail(
        `${where}: ${failureText(error)}`,
        error instanceof Unavailable
          ? 'Let this machine reach it: a proxy, a firewall or its certificate stands between; or start the sandbox.'
          : 'Give the key of this account as STRIPE_SECRET_KEY: dashboard.stripe.com/apikeys.',
      )
    }
  },
}
