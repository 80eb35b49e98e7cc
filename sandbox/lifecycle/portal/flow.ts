import type Stripe from 'stripe'
import type { PortalFlow } from './portal-view'

/** The one thing that a portal session was opened for, or null. */
export function flowOf({
  flow,
  return_url,
}: Readonly<Stripe.BillingPortal.Session>): PortalFlow | null {
  if (!flow) return null
  const confirm = flow.subscription_update_confirm
  const about =
    flow.subscription_cancel ?? flow.subscription_update ?? confirm ?? flow.subscription_pause
  return {
    type: flow.type,
    subscription: about?.subscription ?? null,
    price: confirm?.items[0]?.price ?? null,
    after: afterOf(flow.after_completion, return_url),
  }
}

function afterOf(
  after: Stripe.BillingPortal.Session.Flow.AfterCompletion,
  returnUrl: string | null,
): PortalFlow['after'] {
  if (after.type === 'redirect')
    return { type: 'redirect', returnUrl: after.redirect?.return_url ?? returnUrl, message: null }
  if (after.type === 'hosted_confirmation') {
    return {
      type: 'hosted_confirmation',
      returnUrl,
      message: after.hosted_confirmation?.custom_message ?? null,
    }
  }
  return { type: 'portal_homepage', returnUrl, message: null }
}
