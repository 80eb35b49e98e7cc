import { inTransaction } from '@/db/client'
import { findHead } from '@/db/queries/console-customer'
import { closeLapsedUses, type LapsedUses, listLapsedUses } from '@/db/queries/lapsed-uses'
import type { OperatorActor } from '@/lib/audit/actor'
import { type Once, once } from './once'

export type { LapsedUses }

// The chain of what operators closed: of no customer alone.
const SCOPE = 'console:uses'

const SHOWN = 100

/** What was used and Stripe takes no more, by customer and meter; and how many times an operator closed some. */
export async function readLapsedUses(): Promise<{ lapsed: readonly LapsedUses[]; seen: number }> {
  const [lapsed, seen] = await Promise.all([listLapsedUses(SHOWN), findHead(SCOPE)])
  return { lapsed, seen }
}

export type AskedClose = Pick<LapsedUses, 'customerId' | 'eventName'> & {
  seen: number
  reason: string
}

/**
 * Closes the uses of one customer and meter, once: they were billed by hand, or are let be.
 * @throws {Conflict} something else was closed since the operator looked
 */
export function closeUses(
  actor: OperatorActor,
  { customerId, eventName, seen, reason }: AskedClose,
): Promise<Once> {
  const asked = { scope: SCOPE, seen, after: { customerId, eventName }, reason }
  return once(actor, { ...asked, action: 'console.close_uses' }, () =>
    inTransaction(async (tx) => void (await closeLapsedUses(tx, { customerId, eventName }))),
  )
}
