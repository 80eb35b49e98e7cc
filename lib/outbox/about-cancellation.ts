import { env } from '@/lib/env'
import { parseSubscriptionId, type SubscriptionId } from '@/lib/ids'
import { cancellationEmail } from '@/lib/mail/cancellation-email'
import type { Mail } from '@/lib/mail/mail'
import type { Money } from '@/lib/money'
import { owedOf } from '@/lib/owed'
import { findOpenInvoice } from '@/lib/stripe/invoices'
import { previewNextCharge } from '@/lib/stripe/next-charge'
import { retrieveSubscription } from '@/lib/stripe/subscription-now'
import { planOf } from './plan-of'
import type { Writing } from './writing'

/** Of a plan that is to end; null when that was taken back, or it has ended, which has an email of its own. */
export async function aboutCancellation({ notification, to, now }: Writing): Promise<Mail | null> {
  const subscription = await retrieveSubscription(parseSubscriptionId(notification.objectId))
  return cancellationEmail({
    ...(await planOf(subscription.id, subscription.customerId, now)),
    to,
    subscription,
    due: await billedAlready(subscription.id),
    billingUrl: `${env().appUrl}/settings/billing`,
  })
}

// Its draft in the hour after a renewal, or what is open.
async function billedAlready(id: SubscriptionId): Promise<Money | null> {
  const [next, open] = await Promise.all([previewNextCharge(id), findOpenInvoice(id)])
  if (open) return owedOf(open)
  return next?.isDrafted && next.due > 0 ? { amount: next.due, currency: next.currency } : null
}
