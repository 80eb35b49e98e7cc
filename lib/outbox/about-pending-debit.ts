import { findSubscription } from '@/db/queries/subscriptions'
import { accessOf } from '@/lib/entitlements/access'
import { parseTier } from '@/lib/entitlements/governing'
import { env } from '@/lib/env'
import { parseCheckoutSessionId, parseInvoiceId } from '@/lib/ids'
import type { Mail } from '@/lib/mail/mail'
import { pendingDebitEmail } from '@/lib/mail/pending-debit-email'
import { retrieveCheckoutSession } from '@/lib/stripe/checkout-sessions'
import { retrieveInvoice } from '@/lib/stripe/invoices'
import { retrieveSubscription } from '@/lib/stripe/subscription-now'
import type { Writing } from './writing'

/** Of a plan that was bought with a bank debit; null once the bank has answered, and for every other purchase. */
export async function aboutPendingDebit({ notification, to, now }: Writing): Promise<Mail | null> {
  const session = await retrieveCheckoutSession(parseCheckoutSessionId(notification.objectId))
  const { status, paymentStatus, subscriptionId, tier } = session
  if (status !== 'complete' || paymentStatus !== 'unpaid' || !subscriptionId) return null
  const { latestInvoiceId } = await retrieveSubscription(subscriptionId)
  if (!latestInvoiceId) return null
  const invoice = await retrieveInvoice(parseInvoiceId(latestInvoiceId))
  if (!invoice.isProcessing) return null
  const row = await findSubscription(subscriptionId)
  return pendingDebitEmail({
    to,
    tier: parseTier(tier),
    amount: invoice.remaining,
    isOn: row !== null && accessOf(row, now) !== 'none',
    billingUrl: `${env().appUrl}/settings/billing`,
  })
}
