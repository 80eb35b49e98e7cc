import { env } from '@/lib/env'
import { parseSubscriptionId } from '@/lib/ids'
import { cancellationEmail } from '@/lib/mail/cancellation-email'
import type { Mail } from '@/lib/mail/mail'
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
    billingUrl: `${env().appUrl}/settings/billing`,
  })
}
