import type Stripe from 'stripe'
import type { CustomerId, SubscriptionId } from '@/lib/ids'
import { callStripe } from './call'

/** The one thing that a customer goes to Stripe's page for. */
export type PortalFlow =
  | { type: 'payment_method_update' }
  | { type: 'customer_update' }
  | { type: 'subscription_cancel'; subscription: SubscriptionId }

/**
 * Opens Stripe's page where a customer manages billing. The address lives for minutes:
 * make it at the click, redirect to it, never store or send it.
 * @throws {NotFound} Stripe does not have this customer
 */
export async function createPortalSession(session: {
  customerId: CustomerId
  /** Where a customer who does nothing comes back to. */
  returnUrl: string
  /** `bpc_…`; left out, the account's default configuration holds. */
  configurationId?: string
  /** Leads to the page of this alone, and from there straight back. */
  flow?: PortalFlow
  /** Where a customer who has done it comes back to; without it, `returnUrl`. */
  doneUrl?: string
}): Promise<{ url: string }> {
  const { customerId, returnUrl, configurationId, flow, doneUrl = returnUrl } = session
  const { url } = await callStripe((stripe) =>
    stripe.billingPortal.sessions.create({
      customer: customerId,
      return_url: returnUrl,
      ...(configurationId ? { configuration: configurationId } : {}),
      ...(flow ? { flow_data: { ...flowData(flow), ...backTo(doneUrl) } } : {}),
    }),
  )
  return { url }
}

function flowData(flow: PortalFlow): Stripe.BillingPortal.SessionCreateParams.FlowData {
  if (flow.type !== 'subscription_cancel') return { type: flow.type }
  return { type: flow.type, subscription_cancel: { subscription: flow.subscription } }
}

function backTo(url: string) {
  return { after_completion: { type: 'redirect' as const, redirect: { return_url: url } } }
}
