import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { idOf } from '@/sandbox/ids'
import type { Tx } from '@/sandbox/store/transaction'

export interface Visit {
  session: Readonly<Stripe.BillingPortal.Session>
  configuration: Readonly<Stripe.BillingPortal.Configuration>
  customer: Readonly<Stripe.Customer>
}

/** The customer who comes with this token, and what they may do. Throws ApiError 404 for an unknown one. */
export function visit(tx: Tx, token: string): Visit {
  const session = tx.get('billing_portal.session', tx.get('portal_token', token).session)
  return {
    session,
    configuration: tx.get('billing_portal.configuration', idOf(session.configuration)),
    customer: tx.get('customer', session.customer),
  }
}

/** Refuses what the portal's configuration switches off. */
export function requireFeature(
  { configuration }: Visit,
  feature: keyof Stripe.BillingPortal.Configuration.Features,
) {
  if (configuration.features[feature].enabled) return
  throw ApiError.invalid(
    `This portal does not offer ${feature.replaceAll('_', ' ')}: its configuration switches it off.`,
  )
}
