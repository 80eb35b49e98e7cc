import { inTransaction } from '@/db/client'
import {
  claimEffects,
  type EffectRow,
  insertEffect,
  markDelivered,
  markEffectFailed,
  type NewEffect,
} from '@/db/queries/effects'
import type { Clock } from '@/lib/clock'
import { Notice } from '@/lib/events/notification'
import { NOTICE } from '@/lib/events/notifications'
import type { SubscriptionId } from '@/lib/ids'
import { failureText, log } from '@/lib/log'
import { enqueueMail } from '@/lib/mail/enqueue'
import { COLLECTION } from '@/lib/sync/collections'
import { writeNotice } from './write-notification'

/**
 * Turns what is due into letters in the outbox, and answers how many notices it dealt with. The
 * letters and "done" commit together, under keys of their own, so that nobody is told twice.
 */
export async function deliverNotices(clock: Clock, limit = 20): Promise<number> {
  const due = await claimEffects(NOTICE, limit)
  const done = await Promise.all(due.map((effect) => deliver(effect, clock)))
  return done.filter(Boolean).length
}

async function deliver({ key, payload }: EffectRow, clock: Clock): Promise<boolean> {
  try {
    const notice = Notice.parse({ ...payload, key })
    const { letters, unsettled } = await writeNotice(notice, await clock.now())
    await inTransaction(async (tx) => {
      for (const [n, mail] of letters.entries()) await enqueueMail(tx, `mail:${key}:${n}`, mail)
      if (unsettled) await insertEffect(tx, settlementOf(notice, unsettled))
      await markDelivered(tx, key)
    })
    log.info({ effect: key, letters: letters.length }, 'notice written')
    return true
  } catch (error) {
    await markEffectFailed(key, failureText(error))
    log.error({ effect: key, error: failureText(error) }, 'notice not written; it is tried again')
    return false
  }
}

// A debit that came back after the end, or a charge that somebody tried by hand.
function settlementOf({ key, customerId }: Notice, subscriptionId: SubscriptionId): NewEffect {
  return {
    effectKey: `collect:${key}`,
    kind: COLLECTION,
    targetKey: customerId,
    payload: { task: 'settle', subscriptionId, customerId },
  }
}
