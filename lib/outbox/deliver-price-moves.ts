import { db } from '@/db/client'
import { claimEntries, markDelivered, markEntryFailed, type OutboxRow } from '@/db/queries/outbox'
import { findMove } from '@/db/queries/price-moves'
import { systemActor } from '@/lib/audit/actor'
import { failureText, log } from '@/lib/log'
import { PRICE_MOVE } from '@/lib/price-moves/ask'
import { carryOutMove, carryOutUndo } from '@/lib/price-moves/carry-out'
import { productionPorts } from '@/lib/sync/production-ports'

/**
 * Makes moves of prices at Stripe, or takes them back, and answers how many it dealt with. In the pace of all
 * reads: a hundred thousand of them take no one's checkout. Safe to run twice at once.
 */
export async function deliverPriceMoves(limit = 20): Promise<number> {
  const due = await claimEntries(PRICE_MOVE, limit)
  let done = 0
  for (const entry of due) if (await deliver(entry)) done += 1
  return done
}

async function deliver({ key, payload }: OutboxRow): Promise<boolean> {
  try {
    const move = await findMove(String(payload.moveId))
    const actor = systemActor('outbox')
    if (move) {
      await productionPorts().pace(false)
      await (payload.task === 'undo' ? carryOutUndo : carryOutMove)(actor, move)
    }
    await markDelivered(db(), key)
    return true
  } catch (error) {
    await markEntryFailed(key, failureText(error))
    log.error({ entry: key, error: failureText(error) }, 'price not moved; it is tried again')
    return false
  }
}
