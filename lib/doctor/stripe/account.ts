import { type Check, fail, ok, skip, warn } from '@/lib/doctor/check'
import { readChargesEnabled } from '@/lib/stripe/account'

export const account: Check = {
  id: 'account',
  title: 'The account takes payments',
  group: 'Stripe',
  after: 'stripe',
  needs: 'places',
  async look({ env }) {
    const enabled = await readChargesEnabled()
    if (enabled === null) return skip('the key may not ask')
    return judgeAccount(enabled, env.stripe.livemode)
  },
}

/** In test mode an account takes payments even before its owner has verified who they are. */
export function judgeAccount(enabled: boolean, livemode: boolean) {
  const fix = 'Finish what dashboard.stripe.com asks of the account.'
  if (enabled) return ok('it does')
  return livemode
    ? fail('Stripe lets it take none', fix)
    : warn('Stripe lets it take none in live mode yet', fix)
}
