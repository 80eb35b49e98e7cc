import type { AuditRow } from '@/db/queries/audit'
import type { ReportedEvent } from '@/db/queries/console-customer'
import type { AuditActor } from '@/db/schema/audit'
import { chipsOf } from './chips'
import { sentenceOf } from './sentence'

/** What a timeline is about, so that an operator can leave the rest out. */
export const TOPICS = ['money', 'plan', 'access', 'operator', 'other'] as const
export type Topic = (typeof TOPICS)[number]

/** One thing that happened: what it brought about, the first of it in the headline, and what Stripe reported of it. */
export type Act = {
  at: Date
  headline: Said
  /** What else came of it, oldest first. */
  more: Said[]
  events: ReportedEvent[]
  topics: Topic[]
}

export type Said = {
  scope: string
  n: number
  at: Date
  sentence: string
  chips: string[]
  actor: AuditActor
  /** An operator's, in their own words. */
  reason: string | null
}

// Stripe reports one purchase in six to nine events, which arrive within seconds. What comes later than this
// after the one before is another thing, unless an audit row says that it came of the same events.
const TOGETHER_MS = 10_000

/**
 * Groups rows of the audit trail and Stripe's events into the acts that they are of, the newest first. Events
 * of which nothing came stand with what they arrived with; alone they are an act by themselves.
 */
export function timelineOf(rows: readonly AuditRow[], events: readonly ReportedEvent[]): Act[] {
  const entries: Entry[] = [
    ...rows.map((row) => ({ kind: 'row' as const, at: row.at, row })),
    ...events.map((event) => ({ kind: 'event' as const, at: event.receivedAt, event })),
  ].toSorted((a, b) => a.at.getTime() - b.at.getTime())
  const groups: Entry[][] = []
  const groupOf = new Map<string, Entry[]>()
  for (const entry of entries) {
    const ids = entry.kind === 'row' ? entry.row.eventIds : [entry.event.id]
    const known = ids.map((id) => groupOf.get(id)).find(Boolean)
    const last = groups.at(-1)
    const near = last && entry.at.getTime() - endOf(last) <= TOGETHER_MS ? last : undefined
    const group = known ?? near ?? []
    if (group.length === 0) groups.push(group)
    group.push(entry)
    for (const id of ids) groupOf.set(id, group)
  }
  return groups.map(actOf).toSorted((a, b) => b.at.getTime() - a.at.getTime())
}

type Entry =
  | { kind: 'row'; at: Date; row: AuditRow }
  | { kind: 'event'; at: Date; event: ReportedEvent }

function endOf(group: readonly Entry[]): number {
  return Math.max(...group.map(({ at }) => at.getTime()))
}

function actOf(group: readonly Entry[]): Act {
  const rows = group.flatMap((entry) => (entry.kind === 'row' ? [entry.row] : []))
  const events = group.flatMap((entry) => (entry.kind === 'event' ? [entry.event] : []))
  const [first, ...rest] = rows.toSorted((a, b) => weight(b) - weight(a))
  const at = new Date(endOf(group))
  if (!first) {
    return { at, headline: quiet(events, at), more: [], events, topics: ['other'] }
  }
  const inOrder = rest.toSorted((a, b) => a.at.getTime() - b.at.getTime() || a.n - b.n)
  return {
    at,
    headline: said(first),
    more: inOrder.map(said),
    events,
    topics: [...new Set(rows.map(topicOf))],
  }
}

function said(row: AuditRow): Said {
  const { scope, n, at, actor } = row
  const reason = typeof row.after?.reason === 'string' ? row.after.reason : null
  return { scope, n, at, actor, sentence: sentenceOf(row), chips: chipsOf(row), reason }
}

function quiet(events: readonly ReportedEvent[], at: Date): Said {
  const [only, ...others] = events
  const sentence =
    others.length === 0 && only
      ? `Stripe reported ${only.type}; nothing changed.`
      : `Stripe reported ${events.length} things; nothing changed.`
  const actor = { type: 'stripe' as const, eventId: only?.id ?? ('evt_' as const) }
  return { scope: '', n: 0, at, sentence, chips: [], actor, reason: null }
}

// What the others are details of: an operator's word, then a plan, then money.
function weight({ action }: AuditRow): number {
  const at = WEIGHTS.findIndex((pattern) => pattern.test(action))
  return at < 0 ? 0 : WEIGHTS.length - at
}

const WEIGHTS = [
  /^(console|operator|person)\./,
  /^subscription\.(start|convert|end|change_plan|fall_due|recover|schedule_cancel|resume|pause|renew|restart)/,
  /^subscription\.(?!request_|update)/,
  /^override\./,
  /^invoice\./,
  /^(charge|refund|payment|radar)\./,
  /^(checkout|subscription)\./,
]

/** Which topic a row belongs to. */
function topicOf({ action, actor }: Pick<AuditRow, 'action' | 'actor'>): Topic {
  if (actor.type === 'operator') return 'operator'
  if (/^(invoice|charge|refund|payment|radar|credits)\.|^checkout\.session/.test(action))
    return 'money'
  if (/^(subscription|checkout|portal)\./.test(action)) return 'plan'
  return /^(entitlement|override|usage|customer\.subscription)\./.test(action) ? 'access' : 'other'
}
