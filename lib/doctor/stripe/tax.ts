import { type Check, ok, skip, warn } from '@/lib/doctor/check'
import { readTaxSettings } from '@/lib/stripe/account'

export const tax: Check = {
  id: 'tax',
  title: 'Tax settings',
  group: 'Stripe',
  after: 'stripe',
  needs: 'places',
  look: async () => judgeTax(await readTaxSettings()),
}

/** Checkout here asks for no automatic tax: an account that is set up for it collects none all the same. */
export function judgeTax(settings: { active: boolean; missing: string[] } | null) {
  if (settings === null) return skip('this Stripe does not say, or the key may not ask')
  if (!settings.active) return ok('Stripe Tax is not set up, and Checkout asks for none')
  return warn(
    'Stripe Tax is set up, and Checkout here does not ask for it: prices are charged as they stand',
    'If you must collect tax, see to it before you sell: docs.stripe.com/tax/subscriptions.',
  )
}
