import { findSubscription } from '@/db/queries/subscriptions'
import { env } from '@/lib/env'
import { parseInvoiceId, parseSubscriptionId, type SubscriptionId } from '@/lib/ids'
import { endedEmail } from '@/lib/mail/ended-email'
import type { Mail } from '@/lib/mail/mail'
import { retrieveInvoice } from '@/lib/stripe/invoices'
import { retrieveSubscription } from '@/lib/stripe/subscription-now'
import { planOf } from './plan-of'
import type { Writing } from './writing'

/**
 * Of a subscription that ended. Null when what it left unpaid was paid since, which has an email of its own; and
 * with nothing unpaid when it never gave a plan, or ended so long ago that it is no news.
 */
export async function aboutEnd({ notification, to, now }: Writing): Promise<Mail | null> {
  const id = parseSubscriptionId(notification.objectId)
  const { endedAt, isUnpaid, customerId, latestInvoiceId } = await retrieveSubscription(id)
  const { open = null, openInvoices } = notification
  if (!endedAt || !openInvoices) return null
  const latest = latestInvoiceId ? await retrieveInvoice(parseInvoiceId(latestInvoiceId)) : null
  const isOwed = open !== null || isUnpaid
  // An invoice of a later period: what came before it was paid, whatever became of it.
  const lasted = latest !== null && latest.billingReason !== 'subscription_create'
  const isNews = now.getTime() - endedAt.getTime() < NEWS_MS && (lasted || (await gavePlan(id)))
  if (isOwed ? latest?.status === 'paid' : !isNews) return null
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

// A customer may come to us with what ended years ago.
const NEWS_MS = 7 * 86_400_000

async function gavePlan(id: SubscriptionId): Promise<boolean> {
  const row = await findSubscription(id)
  return row !== null && (row.paidThrough !== null || row.trialEnd !== null)
}
