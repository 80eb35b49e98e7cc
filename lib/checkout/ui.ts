import { type CheckoutUi, env } from '@/lib/env'

/** Where plans are paid for: within a page of ours only where that is asked for, and there is the key that it takes. */
export function checkoutUi(): CheckoutUi {
  const { checkoutUi: asked, publishableKey } = env().stripe
  return publishableKey === null ? 'hosted_page' : asked
}
