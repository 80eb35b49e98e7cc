import { inTransaction } from '@/db/client'
import { findHead } from '@/db/queries/console-customer'
import {
  type LeftOutEntry,
  listLeftOut,
  listUnreadEvents,
  removeLeftOut,
} from '@/db/queries/revenue-left-out'
import type { OperatorActor } from '@/lib/audit/actor'
import { type Once, once } from './once'
import { redactText } from './redact'
import { replayOne } from './replay-one'

export type { LeftOutEntry }

// The chain of what operators closed: of no customer alone.
const SCOPE = 'console:revenue'

const SHOWN = 100

/** What is in no figure of the revenue, and why; and how many times an operator closed some. */
export async function readLeftOut(): Promise<{ leftOut: readonly LeftOutEntry[]; seen: number }> {
  const [entries, seen] = await Promise.all([listLeftOut(SHOWN), findHead(SCOPE)])
  return { leftOut: entries.map((each) => ({ ...each, error: redactText(each.error) })), seen }
}

// Each costs a read of Stripe, which the drain paces; the rest is the next press.
const MOST = 200

export type AskedReplayUnread = { seen: number; reason: string }

/**
 * Has the events that could not be read for the revenue read again, the oldest two hundred, once: after an update, or
 * after the endpoint's API version was set right. They are marked here and drained as webhooks are.
 * @throws {Conflict} something else has happened since the operator looked
 */
export async function replayUnread(
  actor: OperatorActor,
  { seen, reason }: AskedReplayUnread,
): Promise<Once> {
  const asked = { scope: SCOPE, seen, after: { unread: true }, reason }
  return once(actor, { ...asked, action: 'console.replay' }, async () => {
    for (const id of await listUnreadEvents(MOST)) await replayOne(actor, id, reason)
  })
}

export type AskedCloseLeftOut = Pick<LeftOutEntry, 'id' | 'customerId'> & {
  seen: number
  reason: string
}

/**
 * Closes what was left out of the revenue, once: it comes into no figure.
 * @throws {Conflict} something else was closed since the operator looked
 */
export function closeLeftOut(
  actor: OperatorActor,
  { id, customerId, seen, reason }: AskedCloseLeftOut,
): Promise<Once> {
  const asked = { scope: SCOPE, seen, after: { id, customerId }, reason }
  return once(actor, { ...asked, action: 'console.close_left_out' }, () =>
    inTransaction((tx) => removeLeftOut(tx, id)),
  )
}
