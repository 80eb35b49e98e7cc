import { findSubscription } from '@/db/queries/subscriptions'
import { PLANS } from '@/lib/catalog/plans'
import { calendarDay } from '@/lib/clock'
import { parseTier } from '@/lib/entitlements/governing'
import { env } from '@/lib/env'
import { parseSubscriptionId } from '@/lib/ids'
import { intervalWords, isYearOrLonger } from '@/lib/interval-words'
import type { Mail } from '@/lib/mail/mail'
import { yearlyRenewalEmail } from '@/lib/mail/yearly-renewal-email'
import { previewNextCharge } from '@/lib/stripe/next-charge'
import { retrieveSubscription } from '@/lib/stripe/subscription-now'
import type { Writing } from './writing'

/**
 * Of a year, or longer, that is about to be charged; null when the plan is to end, has another date
 * or another billing interval by now, or is over.
 */
export async function aboutYearlyRenewal({ notification, to, now }: Writing): Promise<Mail | null> {
  const id = parseSubscriptionId(notification.objectId)
  const { status, cancelAt, currentPeriodEnd: at } = await retrieveSubscription(id)
  if (status !== 'active' || cancelAt || !at || at <= now) return null
  if (!notification.key.endsWith(`:${calendarDay(at)}`)) return null
  const [row, next] = await Promise.all([findSubscription(id), previewNextCharge(id)])
  // What follows may be billed by the month: that change has an email of its own.
  const interval = next?.change?.interval ?? row?.interval
  const words = intervalWords(interval)
  if (!next || !words || !isYearOrLonger(interval)) return null
  const tier = parseTier(row?.tier ?? null)
  return yearlyRenewalEmail({
    to,
    plan: tier && PLANS[tier].name,
    span: words.span,
    charge: { amount: next.due, currency: next.currency },
    carried: { amount: next.carried, currency: next.currency },
    at,
    billingUrl: `${env().appUrl}/settings/billing`,
  })
}
