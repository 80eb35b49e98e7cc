import { db } from '@/db/client'
import { insertEntry } from '@/db/queries/outbox'
import { REMINDER_POLICY, type ReminderPolicy } from '@/lib/catalog/reminder-policy'
import { NOTIFICATION } from '@/lib/events/notifications'
import type { CardInUse } from '@/lib/stripe/subscriptions'
import { cardKey } from './about-card'

const DAY_MS = 86_400_000

/** Puts the emails about cards that pay for a plan and expire soon into the outbox: once for a card and its date. */
export async function remindOfCards(
  cards: readonly CardInUse[],
  now: Date,
  { cardDays }: ReminderPolicy = REMINDER_POLICY,
): Promise<void> {
  for (const { subscriptionId, customerId, card } of cards) {
    const left = card.expiresAt.getTime() - now.getTime()
    if (left <= 0 || left > cardDays * DAY_MS) continue
    await insertEntry(db(), {
      entryKey: cardKey(card),
      kind: NOTIFICATION,
      targetKey: customerId,
      payload: { kind: 'card.expiring', objectId: subscriptionId, customerId },
    })
  }
}
