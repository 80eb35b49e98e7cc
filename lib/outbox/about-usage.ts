import { findBilling } from '@/db/queries/billing'
import { findCredits } from '@/db/queries/usage-credits'
import { currentEntitlement } from '@/lib/entitlements/current'
import { usageOf } from '@/lib/entitlements/usage-of'
import { env } from '@/lib/env'
import type { Mail } from '@/lib/mail/mail'
import { usageEmail } from '@/lib/mail/usage-emails'
import type { Writing } from './writing'

/**
 * Of a limit that came near or was reached; null when its period is over, or when that is not true any
 * more: a greater plan has more.
 */
export async function aboutUsage({ notification, to, now }: Writing): Promise<Mail | null> {
  const { workspaceId, periodEnd, kind } = notification
  if (!workspaceId || !periodEnd || new Date(periodEnd) <= now) return null
  const [rows, credits] = await Promise.all([
    findBilling(workspaceId, now),
    findCredits(workspaceId, now),
  ])
  const stands = currentEntitlement(rows, now)
  const usage = usageOf(rows, stands, now)
  const billingUrl = `${env().appUrl}/settings/billing`
  const about = kind === 'usage.limit_reached' ? 'reached' : 'near'
  return usageEmail({ to, about, tier: stands.tier, usage, credits, billingUrl })
}
