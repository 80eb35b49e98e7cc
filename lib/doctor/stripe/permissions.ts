import { type Check, fail, ok, warn } from '@/lib/doctor/check'
import { findMissingPermissions } from '@/lib/stripe/permissions'
import { isRestricted } from '@/lib/stripe/restricted-key'

/** What a restricted key lacks; a full one has all, and more than is needed. */
export const permissions: Check = {
  id: 'permissions',
  title: 'Permissions of the key',
  group: 'Stripe',
  after: 'stripe',
  needs: 'places',
  async look({ env: { stripe } }) {
    if (!isRestricted(stripe.secretKey))
      return stripe.livemode
        ? warn(
            'a secret key, which can do everything with your account',
            `Make a restricted one: ${LIST}.`,
          )
        : ok('a secret key, which has all')
    const missing = await findMissingPermissions()
    return missing.length === 0
      ? ok('a restricted key that has what is needed')
      : fail(`lacks ${missing.join(', ')}`, `Add them at dashboard.stripe.com/apikeys: ${LIST}.`)
  },
}

const LIST = 'docs/how-to/real-stripe.md lists what is needed'
