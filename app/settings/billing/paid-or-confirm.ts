import 'server-only'
import { stripeKeys } from '@/app/stripe-js/keys'
import type { Paid } from '@/lib/subscriptions/pay'
import type { Done } from './done'

/** What follows a payment. A bank that asks is answered on our page, or on Stripe's where ours cannot. */
export function paidOrConfirm(
  paid: Paid | { kind: 'resumed' },
  nothingOpen: Done,
): Done | { url: string } {
  if (paid.kind === 'confirm') return confirmAt(paid)
  return paid.kind === 'nothing_open' ? nothingOpen : paid.kind
}

/** Where a bank that asks is answered. */
export function confirmAt({ url }: { url: string }): { url: string } {
  return { url: stripeKeys() ? '/settings/billing/payment-method' : url }
}
