import { type Counted, countUsage, type PlanState, type UsageRules } from '@/db/queries/usage'
import { systemActor } from '@/lib/audit/actor'
import { readBilling } from '@/lib/billing/read'
import { Conflict, Invalid } from '@/lib/errors'
import type { WorkspaceId } from '@/lib/ids'
import { productionPorts } from '@/lib/sync/production-ports'
import { USAGE_RULES } from './rules'

/** How a workspace stands after an act on its uses. */
export type UsageState = {
  /** Of this period, with what is reserved. Credits that were spent are not in it. */
  used: number
  limit: number
  /** What is left of credits that were bought. */
  credits: number
  /** When the plan's uses begin anew. */
  resetsAt: Date
}

export type Asked = {
  workspaceId: WorkspaceId
  quantity: number
  key: string
  /** Null: it counts for good. */
  holdSeconds: number | null
}

type Answer = Exclude<Counted, { outcome: 'lapsed' }>
type Outcome = Exclude<Answer['outcome'], 'key_reused'>

/** Counts or reserves units, as `consume` and `reserve` say; in one round trip unless access has run out. */
export async function count(
  asked: Asked,
  rules: UsageRules = USAGE_RULES,
): Promise<{
  outcome: Outcome
  state: UsageState
  attempt: number | null
  expiresAt: Date | null
}> {
  const answer = await ask(valid(asked), rules)
  const { outcome, used, limit, credits, resetsAt, attempt, expiresAt } = answer
  if (outcome === 'key_reused') throw new Conflict('use_key_taken')
  return {
    outcome,
    state: { used, limit, credits, resetsAt: new Date(resetsAt) },
    attempt,
    expiresAt: expiresAt === null ? null : new Date(expiresAt),
  }
}

async function ask({ key: useKey, ...asked }: Asked, rules: UsageRules): Promise<Answer> {
  const now = await productionPorts().clock.now()
  const given = { ...asked, useKey, now, rules }
  const first = await countUsage({ ...given, planState: null })
  if (first.outcome !== 'lapsed') return first
  // Access is a lease that ran out: Stripe is asked what stands, and without an answer only what is sure does.
  const second = await countUsage({ ...given, planState: await whatStands(asked.workspaceId, now) })
  if (second.outcome === 'lapsed') throw new Error('What stands was not believed.')
  return second
}

async function whatStands(workspaceId: WorkspaceId, now: Date): Promise<PlanState> {
  const asking = { actor: METER, refresh: 'stale', now } as const
  const { tier, access, subscriptionId } = await readBilling(workspaceId, asking)
  return { tier, access, subscription: subscriptionId }
}

// A use need not come from a person: a program may act on their behalf.
const METER = systemActor('usage')

// An event's own id, or a form's: anything longer is not a name for a use.
const KEY = /^[\x21-\x7e]{1,200}$/

// Postgres counts in integers; no plan comes near it.
const MOST = 1_000_000

function valid(asked: Asked): Asked {
  const { key, quantity } = asked
  if (!KEY.test(key)) throw new Invalid({ internal: 'A use needs a key of 1 to 200 characters.' })
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > MOST) {
    throw new Invalid({ internal: 'A use is a whole number from 1.' })
  }
  return asked
}
