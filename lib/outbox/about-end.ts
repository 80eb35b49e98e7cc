import { env } from '@/lib/env'
import { parseInvoiceId, parseSubscriptionId } from '@/lib/ids'
import { endedEmail } from '@/lib/mail/ended-email'
import type { Mail } from '@/lib/mail/mail'
import { retrieveInvoice } from '@/lib/stripe/invoices'
import { retrieveSubscription } from '@/lib/stripe/subscription-now'
import { planOf } from './plan-of'
import type { Writing } from './writing'

/** Of a subscription that ended with something unpaid; null when it was paid since, which has an email of its own. */
export async function aboutEnd({ notification, to, now }: Writing): Promise<Mail | null> {
  const id = parseSubscriptionId(notification.objectId)
  const { endedAt, isUnpaid, customerId, latestInvoiceId } = await retrieveSubscription(id)
  const { open = null, openInvoices } = notification
  if (!endedAt || !openInvoices) return null
  const latest = latestInvoiceId && (await retrieveInvoice(parseInvoiceId(latestInvoiceId)))
  if (latest && latest.status === 'paid') return null
  return endedEmail({
    ...(await planOf(id, customerId, now)),
    to,
    endedAt,
    isUnpaid,
    open,
    openInvoices,
    appUrl: env().appUrl,
  })
}
