import { inTransaction } from '@/db/client'
import { findAuditRow } from '@/db/queries/audit'
import { findHead } from '@/db/queries/console-customer'
import {
  type Behind,
  type Cause,
  groupBehind,
  groupDead,
  listBehindOf,
  listDeadOf,
  markMany,
  type Waiting,
} from '@/db/queries/console-events'
import type { OperatorActor } from '@/lib/audit/actor'
import { Conflict } from '@/lib/errors'
import { PARKED_AFTER } from '@/lib/sync/parked'
import { type Once, once } from './once'
import { redactText } from './redact'
import { replayOne } from './replay-one'

/** Events that were given up; targets that have failed for a day; targets that are late or failed lately. */
export const KINDS = ['dead', 'parked', 'stuck'] as const
export type Kind = (typeof KINDS)[number]

export type Group = Omit<Cause, 'error'> & {
  kind: Kind
  /** The error as an operator may read it. */
  title: string
}

/**
 * All that does not go on by itself, or not soon, grouped by its cause; and how many times an
 * operator had some replayed.
 */
export async function readStuck(): Promise<{ groups: Group[]; seen: number }> {
  const [dead, parked, stuck, seen] = await Promise.all([
    groupDead(),
    groupBehind('parked', PARKED_AFTER),
    groupBehind('stuck', PARKED_AFTER),
    findHead(SCOPE),
  ])
  const named =
    (kind: Kind) =>
    ({ error, ...cause }: Cause) => ({
      ...cause,
      kind,
      title: redactText(error) || 'No error was noted: no one has come to it yet',
    })
  return {
    groups: [
      ...dead.map(named('dead')),
      ...parked.map(named('parked')),
      ...stuck.map(named('stuck')),
    ],
    seen,
  }
}

// The chain of what operators replay in bulk: of no customer alone.
const SCOPE = 'console:stuck'

// Each costs a read of Stripe, which the drain paces; the rest of a larger group is the next press.
const MOST = 200

export type AskedGroup = { kind: Kind; signature: string; seen: number; reason: string }

/**
 * Has all of one group replayed or read again, up to two hundred, once. They are marked here and drained as webhooks
 * are; what still cannot be done comes back with its cause.
 * @throws {Conflict} none of them waits any more, or something else has happened since the operator looked
 */
export async function replayGroup(
  actor: OperatorActor,
  { kind, signature, seen, reason }: AskedGroup,
): Promise<Once> {
  const members = await membersOf(kind, signature)
  const error = members[0]?.error ?? (await errorOnRecord(signature, seen))
  if (error === null) throw new Conflict('console_not_dead')
  const after = { kind, signature, error: redactText(error).slice(0, 200) }
  return once(actor, { scope: SCOPE, seen, action: 'console.replay', after, reason }, async () => {
    const ids = members.map(({ id }) => id)
    if (kind !== 'dead') return inTransaction((tx) => markMany(tx, ids))
    for (const id of ids) await replayOne(actor, id, reason)
  })
}

// Of a double click the second finds none of them left, and that is no failure: the first is on record.
async function errorOnRecord(signature: string, seen: number): Promise<string | null> {
  const row = await findAuditRow(SCOPE, seen + 1)
  // Safe: every row of this chain is written above, and is compared whole after this.
  const after = row?.after as { signature?: string; error?: string } | null | undefined
  return after?.signature === signature ? (after.error ?? null) : null
}

function membersOf(kind: Kind, signature: string): Promise<readonly Waiting[]> {
  if (kind === 'dead') return listDeadOf(signature, MOST)
  const behind: Behind = kind
  return listBehindOf(behind, { signature, parkedAfter: PARKED_AFTER, limit: MOST })
}
