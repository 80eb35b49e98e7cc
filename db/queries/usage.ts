import { type SQL, sql } from 'drizzle-orm'
import { rowsOf } from '@/db/rows-of'
import type { SubscriptionId, WorkspaceId } from '@/lib/ids'

/** What the catalog says of counting, as `count_usage` reads it. */
export type UsageRules = {
  /** By plan, how many uses it allows in a period; `free` among them. */
  limits: Record<string, number>
  period: 'subscription' | 'calendar_month'
  credits: 'after_plan' | 'before_plan'
  meter: string | null
  /** By plan, whether a use past the limit is refused. */
  overage: Record<string, 'block' | 'allow'>
}

/** What is used in place of an entitlement that has run out. */
export type PlanState = {
  tier: string
  access: 'full' | 'grace' | 'none'
  subscription: SubscriptionId | null
}

export type Counted =
  | { outcome: 'lapsed' }
  | {
      outcome: 'allowed' | 'limit_reached' | 'already_counted' | 'already_reserved' | 'key_reused'
      used: number
      limit: number
      credits: number
      resetsAt: string
      /** Of the use under this key; null where there is none. */
      attempt: number | null
      expiresAt: string | null
    }

/** Counts or reserves in one round trip, or says why not. `holdSeconds` null: it counts for good. */
export function countUsage(given: {
  workspaceId: WorkspaceId
  now: Date
  useKey: string
  quantity: number
  holdSeconds: number | null
  rules: UsageRules
  planState: PlanState | null
}): Promise<Counted> {
  const { workspaceId, now, useKey, quantity, holdSeconds, rules, planState } = given
  return answerOf<Counted>(sql`count_usage(
    ${workspaceId}::uuid, ${now.toISOString()}::timestamptz, ${useKey}, ${quantity}::integer,
    ${holdSeconds}::integer, ${JSON.stringify(rules)}::jsonb, ${planState && JSON.stringify(planState)}::jsonb)`)
}

export type Settled = {
  outcome: 'committed' | 'refunded' | 'already_committed' | 'already_refunded' | 'expired'
}

/** Commits a reservation, or gives it back, in one round trip. */
export function settleUsage(given: {
  workspaceId: WorkspaceId
  now: Date
  useKey: string
  attempt: number
  commit: boolean
  rules: UsageRules
}): Promise<Settled> {
  const { workspaceId, now, useKey, attempt, commit, rules } = given
  return answerOf<Settled>(sql`settle_usage(
    ${workspaceId}::uuid, ${now.toISOString()}::timestamptz, ${useKey}, ${attempt}::integer, ${commit}::boolean,
    ${JSON.stringify(rules)}::jsonb)`)
}

async function answerOf<Answer>(call: SQL): Promise<Answer> {
  const [row] = await rowsOf<{ answer: Answer }>(sql`select ${call} as answer`)
  if (!row) throw new Error('Postgres answered a function call with no row.')
  return row.answer
}
