import type { AuditRow, MemoryTables } from '@/tests/simulation/memory-tables'
import { same } from './same'

type Fields = Record<string, unknown>

/**
 * The trail names what changed: played from its beginning, each row finds what it says was there
 * before, and all of them together leave what the records have.
 */
export function audited(tables: MemoryTables): string[] {
  const played = new Map<string, Fields>()
  const wrong: string[] = []
  const step = (subject: string, row: AuditRow, before: unknown, after: unknown) => {
    const fields = played.get(subject) ?? {}
    for (const [key, value] of Object.entries(before ?? {})) {
      if (!same(fields[key] ?? null, value))
        wrong.push(`${row.action} of ${subject} misquotes ${key}.`)
    }
    played.set(subject, { ...fields, ...Object(after) })
  }
  for (const row of tables.audits) {
    // It says what a scan saw, and changes nothing.
    if (row.action === 'drift.detect') continue
    const { subscription, customer: _, entitlement, ...rest } = row.after ?? {}
    const { subscription: __, entitlement: access, ...old } = row.before ?? {}
    if (row.action === 'entitlement.change') step('access', row, row.before, rest)
    else if (subscription) step(`${subscription}`, row, old, rest)
    if (entitlement) step('access', row, access, entitlement)
  }
  return [...wrong, ...left(played, tables), ...facts(tables)]
}

function left(played: Map<string, Fields>, { subscriptions, entitlements }: MemoryTables) {
  const subjects: [string, Fields][] = [...subscriptions.values()].map((row) => [row.id, row])
  for (const row of entitlements.values()) subjects.push(['access', row])
  return subjects.flatMap(([subject, row]) =>
    Object.entries(row)
      .filter(
        ([key, value]) =>
          !KEPT_SILENTLY.has(key) && !same(played.get(subject)?.[key] ?? null, value),
      )
      .map(([key]) => `The trail does not say what ${key} of ${subject} is.`),
  )
}

function facts({ facts, audits }: MemoryTables): string[] {
  const rows = new Map<string, number>()
  for (const { action, after, scope } of audits) {
    const key = `${action}:${after?.id}:${scope.startsWith('cus_') ? scope : null}`
    rows.set(key, (rows.get(key) ?? 0) + 1)
  }
  const due = new Map<string, number>()
  for (const { kind, objectId, customerId } of facts) {
    const key = `${kind}:${objectId}:${customerId}`
    due.set(key, (due.get(key) ?? 0) + 1)
  }
  return [...due]
    .filter(([key, n]) => rows.get(key) !== n)
    .map(([key]) => `${key} is not in the trail.`)
}

// When it was written and under which claim: no change that a person would ask about.
const KEPT_SILENTLY = new Set(['id', 'fence', 'syncedAt', 'computedAt'])
