import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type SQL, sql } from 'drizzle-orm'
import { db, type Transaction } from '@/db/client'

/** A customer's scope that no other test uses. */
export function aScope(): string {
  return `cus_${randomUUID().replaceAll('-', '')}`
}

/** Noon, UTC, so many days from today. */
export function noon(days: number): Date {
  return new Date(TODAY + (days + 0.5) * DAY_MS)
}

const DAY_MS = 86_400_000

// A day is over for an anchor ten minutes after its midnight (anchor-audit.sql).
const PATIENCE_MS = 600_000

// How long the tests of a file may take. None of them begins so shortly before a day is over.
const FILE_MS = 30_000

const reached = () => Date.now() - PATIENCE_MS
const left = () => DAY_MS - (reached() % DAY_MS)
while (left() < FILE_MS) await sleep(left())

// The day that no anchor covers yet, for the whole of a file.
const TODAY = Math.floor(reached() / DAY_MS) * DAY_MS

/** Noon's day, as an anchor names it. */
export function dayOf(days: number): string {
  return noon(days).toISOString().slice(0, 10)
}

/** A whole chain as append_audit would have written it on those days: one row for each. */
export async function writeChain(scope: string, days: readonly number[]): Promise<void> {
  await db().transaction(async (tx) => {
    for (const [i, day] of days.entries()) await writeRow(tx, scope, i + 1, noon(day))
  })
}

/** One row that fits what stands before it, and the head with it. */
export async function writeRow(
  tx: Transaction,
  scope: string,
  n: number,
  at: Date,
  tier = `tier_${n}`,
): Promise<void> {
  await tx.execute(sql`
    insert into audit_log (scope, n, at, actor, action, before, after, event_ids, prev, hash)
    select ${scope}, ${n}, ${at.toISOString()}::timestamptz, actor, 'plan.change', null, after, '{}', prev,
      audit_hash(prev, ${scope}, ${n}, ${at.toISOString()}::timestamptz, actor, 'plan.change', null, after, '{}')
    from (select ${JSON.stringify({ type: 'user', id: 'u_1' })}::jsonb as actor,
      ${JSON.stringify({ tier })}::jsonb as after,
      coalesce((select hash from audit_log where scope = ${scope} and n = ${n} - 1), '') as prev) given`)
  await rewriteHead(tx, scope)
}

/** Makes the head say what the last row says. */
export async function rewriteHead(tx: Transaction, scope: string): Promise<void> {
  await tx.execute(sql`delete from audit_heads where scope = ${scope}`)
  await tx.execute(sql`insert into audit_heads (scope, n, hash)
    select scope, n, hash from audit_log where scope = ${scope} order by n desc limit 1`)
}

const GUARDED = {
  audit_log: ['audit_log_append_only', 'audit_log_no_truncate'],
  audit_anchors: ['audit_anchors_sealed', 'audit_anchors_append_only'],
  audit_anchor_heads: ['audit_anchor_heads_append_only'],
}

/** What only the owner of the database can do: the triggers are off meanwhile. */
export async function asOwner(work: (tx: Transaction) => Promise<unknown>): Promise<void> {
  await db().transaction(async (tx) => {
    await tx.execute(switched(sql`disable trigger`))
    await work(tx)
    await tx.execute(switched(sql`enable always trigger`))
  })
}

function switched(how: SQL): SQL {
  const statements = Object.entries(GUARDED).map(([table, triggers]) => {
    const each = triggers.map((trigger) => sql`${how} ${sql.identifier(trigger)}`)
    return sql`alter table ${sql.identifier(table)} ${sql.join(each, sql`, `)}`
  })
  return sql`do ${sql.raw('$$')} begin ${sql.join(statements, sql`; `)}; end ${sql.raw('$$')}`
}
