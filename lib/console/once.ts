import { inTransaction } from '@/db/client'
import { findAuditRow } from '@/db/queries/audit'
import { findHead } from '@/db/queries/console-customer'
import type { OperatorActor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import type { AuditAction } from '@/lib/audit-action'
import { Conflict } from '@/lib/errors'
import { differences } from '@/lib/sync/differences'

/** What an operator is about to do. */
export type Asked = {
  /** The chain of what it is about. */
  scope: string
  /** How many rows that chain had when the operator looked at the page. */
  seen: number
  action: Extract<AuditAction, `console.${string}`>
  /** To what, and with which choices. */
  after: Record<string, unknown>
  reason: string
}

/** `repeated`: they asked before from the same look, and nothing says what became of it. */
export type Once = 'first' | 'repeated'

/**
 * Does what an operator asked for, once: who asked for what and why is the next row of the chain that they
 * looked at, or nothing is done. Of a double click, of a page that was come back to, and of two tabs only the first
 * writes that row. The same by the same person again is no failure, and no sign that it was done: the
 * first can have failed, or be on its way still.
 * @throws {Conflict} something else has happened since they looked
 */
export async function once(
  actor: OperatorActor,
  asked: Asked,
  run: () => Promise<void>,
): Promise<Once> {
  if (await isFirst(actor, asked)) {
    await run()
    return 'first'
  }
  if (await wasTheSame(actor, asked)) return 'repeated'
  throw new Conflict('console_moved_on')
}

async function isFirst(
  actor: OperatorActor,
  { scope, seen, action, after, reason }: Asked,
): Promise<boolean> {
  // Cheap, and it leaves no number of the chain to be rolled back.
  if ((await findHead(scope)) !== seen) return false
  try {
    await inTransaction(async (tx) => {
      const n = await recordAudit(tx, actor, { scope, action, after: { ...after, reason } })
      if (n !== seen + 1) throw new Overtaken()
    })
    return true
  } catch (error) {
    if (error instanceof Overtaken) return false
    throw error
  }
}

// The chain moved between the look and the lock: rolls the row back.
class Overtaken extends Error {
  override readonly name = 'Overtaken'
}

async function wasTheSame(
  actor: OperatorActor,
  { scope, seen, action, after, reason }: Asked,
): Promise<boolean> {
  const row = await findAuditRow(scope, seen + 1)
  if (row?.action !== action || row.actor.type !== 'operator' || row.actor.id !== actor.id)
    return false
  return differences(row.after, { ...after, reason }) === null
}
