import { inTransaction } from '@/db/client'
import { insertEntry } from '@/db/queries/outbox'
import { insertMove, listOpenMoves, type NewMove, stepMove } from '@/db/queries/price-moves'
import { markTarget } from '@/db/queries/targets'
import type { Actor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import type { Route } from './route'

/** `outbox.kind` of a move that is to be made or taken back at Stripe. */
export const PRICE_MOVE = 'price_move'

/**
 * Puts a move on record, with what has it carried out: the next drain does that, too. False where another one
 * of that subscription is under way.
 */
export function askMove(actor: Actor, move: NewMove): Promise<boolean> {
  return inTransaction(async (tx) => {
    await markTarget(tx, move.customerId)
    const row = await insertMove(tx, move)
    if (!row) return false
    await insertEntry(tx, entryOf(row.id, row.customerId, 'plan'))
    const { subscriptionId: subscription, fromPrice, toPrice, effectiveAt } = row
    const after = { subscription, fromPrice, toPrice, effectiveAt: effectiveAt.toISOString() }
    await recordAudit(tx, actor, { scope: row.customerId, action: 'price_move.request', after })
    return true
  })
}

const PAGE = 100

export type Undone = { asked: number /** The new price is due already. */; tooLate: number }

/**
 * Has every move on the route taken back whose renewal is still to come. One that is being taken back already is
 * not asked for again.
 * @param now business time
 */
export async function askUndo(
  actor: Actor,
  { from, to, customer }: Pick<Route, 'from' | 'to' | 'customer'>,
  now: Date,
): Promise<Undone> {
  const done: Undone = { asked: 0, tooLate: 0 }
  for (let after = FIRST; ; ) {
    const states = ['asked', 'planned'] as const
    const page = await listOpenMoves({ from, to, customer }, { states, after, limit: PAGE })
    for (const { id, customerId, subscriptionId, effectiveAt } of page) {
      if (effectiveAt <= now) done.tooLate += 1
      else if (await undo(actor, { id, customerId, subscriptionId })) done.asked += 1
    }
    const last = page.at(-1)
    if (!last || page.length < PAGE) return done
    after = last.id
  }
}

// Less than every id.
const FIRST = '00000000-0000-0000-0000-000000000000'

type Undoing = { id: string; customerId: string; subscriptionId: string }

function undo(actor: Actor, { id, customerId, subscriptionId }: Undoing): Promise<boolean> {
  return inTransaction(async (tx) => {
    await markTarget(tx, customerId)
    if (!(await stepMove(tx, id, ['asked', 'planned'], { state: 'undoing' }))) return false
    await insertEntry(tx, entryOf(id, customerId, 'undo'))
    const after = { subscription: subscriptionId, move: id }
    await recordAudit(tx, actor, { scope: customerId, action: 'price_move.request_undo', after })
    return true
  })
}

function entryOf(moveId: string, customerId: string, task: 'plan' | 'undo') {
  return {
    ...{ entryKey: `${PRICE_MOVE}:${task}:${moveId}`, kind: PRICE_MOVE, targetKey: customerId },
    payload: { moveId, task },
  }
}
