import 'server-only'
import { stripeKeys } from '@/app/stripe-js/keys'
import type { PutToUse } from '@/lib/subscriptions/put-card-to-use'
import type { Done } from './done'

/** What follows a payment. A bank that asks is answered on our page, or on Stripe's where ours cannot. */
export function paidOrConfirm(paid: PutToUse, nothingOpen: Done): Done | { url: string } {
  if (paid.kind === 'confirm') return confirmAt(paid)
  // The billing page names what is open, and has the button to pay it.
  if (paid.kind === 'not_shown') return 'card'
  return paid.kind === 'nothing_open' ? nothingOpen : paid.kind
}

/** Where a bank that asks is answered. */
export function confirmAt({ url }: { url: string }): { url: string } {
  return { url: stripeKeys() ? '/settings/billing/payment-method' : url }
}
