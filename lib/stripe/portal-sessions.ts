import type { CustomerId, SubscriptionId } from '@/lib/ids'
import { callStripe } from './call'

/**
 * Opens Stripe's page where a customer manages billing. The address lives for minutes:
 * make it at the click, redirect to it, never store or send it.
 * @throws {NotFound} Stripe does not have this customer
 */
export async function createPortalSession(session: {
  customerId: CustomerId
  returnUrl: string
  /** `bpc_…`; left out, the account's default configuration holds. */
  configurationId?: string
  /** Leads to the page where this subscription is ended, and from there straight back. */
  cancel?: SubscriptionId
}): Promise<{ url: string }> {
  const { customerId, returnUrl, configurationId, cancel } = session
  const { url } = await callStripe((stripe) =>
    stripe.billingPortal.sessions.create({
      customer: customerId,
      return_url: returnUrl,
      ...(configurationId ? { configuration: configurationId } : {}),
      ...(cancel
        ? {
            flow_data: {
              type: 'subscription_cancel',
              subscription_cancel: { subscription: cancel },
              after_completion: { type: 'redirect', redirect: { return_url: returnUrl } },
            },
          }
        : {}),
    }),
  )
  return { url }
}
