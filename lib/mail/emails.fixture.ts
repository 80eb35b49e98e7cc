import { BRAND } from '@/lib/brand'
import type { InvoiceSnapshot } from '@/lib/stripe/invoices'
import type { SubscriptionNow } from '@/lib/stripe/subscription-now'
import { day } from '@/lib/sync/rows.fixture'

// What tests say about a payment, in as few words as the case needs: everything else is a renewal of
// Pro that the bank refused a moment ago.

export const TO = 'ada@example.com'
export const BILLING_URL = 'https://app.example/settings/billing'

/** A subscription as it is when an email about it is written. */
export const now = (over: Partial<SubscriptionNow> = {}): SubscriptionNow => ({
  id: 'sub_1',
  customerId: 'cus_ada',
  status: 'past_due',
  endedAt: null,
  trialEnd: null,
  currentPeriodEnd: day(20),
  cancelAt: null,
  latestInvoiceId: 'in_1',
  isUnpaid: false,
  isChangePending: false,
  metadata: { app: BRAND.stripe.app, env: 'test' },
  ...over,
})
/** An invoice as it is then. */
export const invoice = (over: Partial<InvoiceSnapshot> = {}): InvoiceSnapshot => ({
  id: 'in_1',
  customerId: 'cus_ada',
  status: 'open',
  created: day(-1),
  billingReason: 'subscription_cycle',
  remaining: { amount: 1900, currency: 'usd' },
  paid: { amount: 0, currency: 'usd' },
  paidAt: null,
  carried: { amount: 0, currency: 'usd' },
  isProcessing: false,
  isConfirming: false,
  attempts: 1,
  nextAttempt: day(3),
  subscriptionId: 'sub_1',
  subscription: now(),
  payUrl: 'https://invoice.stripe.com/i/1',
  ...over,
})
