import { findSubscription } from '@/db/queries/subscriptions'
import { calendarDay } from '@/lib/clock'
import { parseTier } from '@/lib/entitlements/governing'
import { env } from '@/lib/env'
import { parseSubscriptionId } from '@/lib/ids'
import type { Mail } from '@/lib/mail/mail'
import { trialEndingEmail } from '@/lib/mail/trial-ending-email'
import { previewNextCharge } from '@/lib/stripe/next-charge'
import { retrieveTrial } from '@/lib/stripe/subscription-now'
import type { Writing } from './writing'

const LAST_MS = 3 * 86_400_000

/** Of a trial whose end was announced; null when it has another end by now, which has an event of its own. */
export async function aboutTrial({ notification, to, now }: Writing): Promise<Mail | null> {
  const id = parseSubscriptionId(notification.objectId)
  const trial = await retrieveTrial(id)
  const announced = /:(\d{8})$/.exec(notification.key)?.[1]
  if (announced && trial.trialEnd && Number(announced) !== calendarDay(trial.trialEnd)) return null
  // The event of the last three days says the same.
  const isLate = trial.trialEnd !== null && trial.trialEnd.getTime() - now.getTime() < LAST_MS
  if (notification.kind === 'trial.week_left' && isLate) return null
  const [row, next] = await Promise.all([findSubscription(id), previewNextCharge(id)])
  const billingUrl = `${env().appUrl}/settings/billing`
  return trialEndingEmail({
    to,
    trial,
    charge: next && { amount: next.due, currency: next.currency },
    carried: next && next.carried > 0 ? { amount: next.carried, currency: next.currency } : null,
    tier: parseTier(row?.tier ?? null),
    billingUrl,
    now,
  })
}
