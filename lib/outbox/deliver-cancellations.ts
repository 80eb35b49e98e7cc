import { db } from '@/db/client'
import { claimEffects, type EffectRow, markDelivered, markEffectFailed } from '@/db/queries/effects'
import { systemActor } from '@/lib/audit/actor'
import { parseCustomerId, parseSubscriptionId } from '@/lib/ids'
import { failureText, log } from '@/lib/log'
import { cancelUnstarted } from '@/lib/subscriptions/cancel-unstarted'
import { CANCEL_UNSTARTED } from '@/lib/sync/cancellations'

/** Ends at Stripe what never began, and answers how many it dealt with. Safe to run twice at once. */
export async function deliverCancellations(limit = 20): Promise<number> {
  const due = await claimEffects(CANCEL_UNSTARTED, limit)
  const done = await Promise.all(due.map(deliver))
  return done.filter(Boolean).length
}

async function deliver({ key, payload }: EffectRow): Promise<boolean> {
  try {
    const { customerId, subscriptionId } = payload
    await cancelUnstarted(
      systemActor('outbox'),
      parseCustomerId(customerId),
      parseSubscriptionId(subscriptionId),
    )
    await markDelivered(db(), key)
    log.info({ effect: key }, 'subscription canceled: its first payment never arrived')
    return true
  } catch (error) {
    await markEffectFailed(key, failureText(error))
    log.error({ effect: key, error: failureText(error) }, 'not canceled; it is tried again')
    return false
  }
}
