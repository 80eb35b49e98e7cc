import { inTransaction } from '@/db/client'
import { insertEntry } from '@/db/queries/outbox'
import { findMove, type PriceMove, stepMove } from '@/db/queries/price-moves'
import { markTarget } from '@/db/queries/targets'
import type { Actor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import type { AuditAction } from '@/lib/audit-action'
import { env } from '@/lib/env'
import { NOTIFICATION } from '@/lib/events/notifications'
import { planPrice, retrieveMovable } from '@/lib/stripe/price-moves'
import { releaseSchedule } from '@/lib/stripe/schedules'
import { leftOut } from './left-out'

/**
 * Plans a move at Stripe, and then says so: in the trail, and to its customer. What has changed since it was
 * asked for counts: a customer who canceled or chose another plan meanwhile is left alone. Safe to repeat at any step.
 */
export async function carryOutMove(actor: Actor, move: PriceMove): Promise<void> {
  if (move.state !== 'asked') return
  const found = await retrieveMovable(move.subscriptionId)
  const why = leftOut(found, {
    ...{ from: move.fromPrice, currencies: [found.currency], appEnv: env().appEnv },
    moveId: move.id,
  })
  if (why) return leave(actor, move, why)
  if (found.items.some(({ periodEnd }) => periodEnd > move.effectiveAt))
    return leave(actor, move, 'too_late')
  const { id: moveId, subscriptionId: subscription, fromPrice: before, toPrice: price } = move
  const schedule = found.schedule?.id ?? null
  const scheduleId =
    found.schedule?.moveId === moveId
      ? found.schedule.id
      : await planPrice({ moveId, subscription, before, price, at: move.effectiveAt }, schedule)
  const planned = await step(actor, move, {
    ...{ from: ['asked'], to: { state: 'planned', scheduleId } },
    ...{ action: 'price_move.plan', notification: 'price.coming' },
  })
  if (planned) return
  // Taken back while Stripe was asked, which found nothing to release yet.
  const now = await findMove(moveId)
  if (now && now.state !== 'planned') await releaseSchedule(scheduleId)
}

/** Takes a move back at Stripe, and says so to those who were notified of it. Safe to repeat at any step. */
export async function carryOutUndo(actor: Actor, move: PriceMove): Promise<void> {
  if (move.state !== 'undoing') return
  const found = await retrieveMovable(move.subscriptionId)
  const own = found.schedule?.moveId === move.id || found.schedule?.id === move.scheduleId
  // Begun while the undo was on its way: the sync says that it is moved.
  if (found.items.some(({ priceId }) => priceId === move.toPrice)) return
  if (found.schedule && own) await releaseSchedule(found.schedule.id)
  await step(actor, move, {
    ...{ from: ['undoing'], to: { state: 'undone' } },
    ...{ action: 'price_move.undo', notification: move.scheduleId ? 'price.kept' : null },
  })
}

/** Ends a move because of what its customer did. */
export async function leave(actor: Actor, move: PriceMove, reason: string): Promise<void> {
  await step(actor, move, {
    ...{ from: ['asked', 'planned'], to: { state: 'left', reason } },
    ...{ action: 'price_move.leave', notification: null },
  })
}

type Step = {
  from: Parameters<typeof stepMove>[2]
  to: Parameters<typeof stepMove>[3]
  action: AuditAction
  notification: 'price.coming' | 'price.kept' | null
}

function step(
  actor: Actor,
  move: PriceMove,
  { from, to, action, notification }: Step,
): Promise<boolean> {
  const { id, customerId, subscriptionId } = move
  return inTransaction(async (tx) => {
    await markTarget(tx, customerId)
    // Two that carry out the same: one of them writes.
    if (!(await stepMove(tx, id, from, to))) return false
    if (notification)
      await insertEntry(tx, {
        ...{
          entryKey: `notification:${notification}:${id}`,
          kind: NOTIFICATION,
          targetKey: customerId,
        },
        payload: { kind: notification, objectId: id, customerId },
      })
    const after = { subscription: subscriptionId, move: id, ...to }
    await recordAudit(tx, actor, { scope: customerId, action, after })
    return true
  })
}
