import type { Sandbox } from '@/sandbox/sandbox'
import type { Kind } from '@/sandbox/store/records'

// Whatever an app can change is among these.
const CHANGED: readonly Kind[] = [
  'balance_transaction',
  'billing.meter',
  'credit_note',
  'customer_balance_transaction',
  'tax_id',
  'tax_rate',
  'billing_portal.configuration',
  'billing_portal.session',
  'charge',
  'checkout.session',
  'coupon',
  'customer',
  'discount',
  'entitlements.feature',
  'idempotency',
  'invoice',
  'invoiceitem',
  'payment_intent',
  'payment_method',
  'price',
  'product',
  'promotion_code',
  'refund',
  'setup_intent',
  'subscription',
  'subscription_schedule',
  'test_helpers.test_clock',
  'v2.core.event_destination',
  'webhook_endpoint',
]

/** All that an app can change, as text; what is due by now has happened. */
export function stateOf(sandbox: Sandbox): string {
  sandbox.change(null, () => {})
  // An event never changes, and there are ten of them for each payment: which there are says it all.
  const events = Array.from(sandbox.store.all('event'), ({ id }) => id)
  return JSON.stringify([events, ...CHANGED.map((kind) => [...sandbox.store.all(kind)])])
}
