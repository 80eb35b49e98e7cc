import { calendarMonth } from '@/lib/clock'
import { env } from '@/lib/env'
import { parseSubscriptionId } from '@/lib/ids'
import { cardExpiringEmail } from '@/lib/mail/card-expiring-email'
import type { Mail } from '@/lib/mail/mail'
import { readChargedCard } from '@/lib/stripe/charged-card'
import { retrieveSubscription } from '@/lib/stripe/subscription-now'
import type { Writing } from './writing'

/**
 * Of a card that is about to expire; null when the plan is charged to another by now, its bank has given it a later
 * date, or nothing is charged to it any more.
 */
export async function aboutCard({ notification, to, now }: Writing): Promise<Mail | null> {
  const id = parseSubscriptionId(notification.objectId)
  const [card, subscription] = await Promise.all([readChargedCard(id), retrieveSubscription(id)])
  const { endedAt, cancelAt, currentPeriodEnd } = subscription
  if (!card || card.expiresAt <= now || endedAt || cancelAt) return null
  if (notification.key !== cardKey(card)) return null
  const chargedAt = currentPeriodEnd && currentPeriodEnd > now ? currentPeriodEnd : null
  return cardExpiringEmail({
    to,
    card,
    chargedAt,
    billingUrl: `${env().appUrl}/settings/billing/payment-method`,
  })
}

/** Of the email about a card: once for its date, however many plans are charged to it. */
export function cardKey({ id, expiresAt }: { id: string; expiresAt: Date }): string {
  return `notification:card.expiring:${id}:${calendarMonth(new Date(expiresAt.getTime() - 1))}`
}
