import { env } from '@/lib/env'
import { parseInvoiceId } from '@/lib/ids'
import { latePaymentEmail } from '@/lib/mail/late-payment-email'
import type { Mail } from '@/lib/mail/mail'
import { retrieveInvoice } from '@/lib/stripe/invoices'
import { retrieveSubscription } from '@/lib/stripe/subscription-now'
import { planOf } from './plan-of'
import type { Writing } from './writing'

/** Of money that came for a subscription that had ended. */
export async function aboutLatePayment({ notification, to, now }: Writing): Promise<Mail | null> {
  const { objectId, did, restartedAs } = notification
  const { subscription, paid, paidAt } = await retrieveInvoice(parseInvoiceId(objectId))
  if (!subscription?.endedAt || !paidAt || !did) return null
  const fresh = restartedAs ? await retrieveSubscription(restartedAs) : null
  return latePaymentEmail({
    ...(await planOf(subscription.id, subscription.customerId, now)),
    to,
    paid,
    paidAt,
    endedAt: subscription.endedAt,
    did,
    paidUntil: fresh?.currentPeriodEnd ?? null,
    appUrl: env().appUrl,
  })
}
