import { randomUUID } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import { db, inTransaction, type Transaction } from '@/db/client'
import { countUsage, settleUsage, type UsageRules } from '@/db/queries/usage'
import {
  findCredits,
  giveBackCredits,
  grantCredits,
  takeBackCredits,
} from '@/db/queries/usage-credits'
import { entitlements } from '@/db/schema/billing'
import { usageCounters, usageEvents } from '@/db/schema/usage'
import { workspaces } from '@/db/schema/workspaces'
import { systemActor } from '@/lib/audit/actor'
import { isWorkspaceId, type WorkspaceId } from '@/lib/ids'
import type { History } from './histories'
import { type Line, Paper, type Step } from './paper'

/**
 * Lives a history on the real database and on paper, and answers where they differ first; null where
 * they never do.
 */
export async function differs({ limit, credits, steps }: History): Promise<string | null> {
  const life = await begin(limit, credits)
  const paper = new Paper(limit, credits)
  for (const [n, step] of steps.entries()) {
    const answer = await live(life, step)
    const expected = paper.write(step)
    const line: Line = { answer, ...(await currentState(life)) }
    for (const word of ['answer', 'used', 'credits'] as const)
      if (line[word] !== expected[word])
        return `step ${n}, ${JSON.stringify(step)}: ${word} ${line[word]}, and ${expected[word]} on paper`
  }
  for (let month = 0; month <= life.month; month += 1) {
    const counted = await countedIn(life, month)
    if (counted !== paper.countedIn(month))
      return `month ${month}: ${counted} counted, and ${paper.countedIn(month)} on paper`
  }
  return null
}

type Life = {
  workspaceId: WorkspaceId
  rules: UsageRules
  month: number
  attempts: Map<number, number>
  purchases: number
}

const actor = systemActor('test')

async function begin(limit: number, credits: UsageRules['credits']): Promise<Life> {
  const workspaceId: unknown = randomUUID()
  if (!isWorkspaceId(workspaceId)) throw new Error('randomUUID gave no UUID.')
  const rules: UsageRules = {
    limits: { free: 0, pro: limit },
    period: 'subscription',
    credits,
    meter: null,
    overage: { pro: 'block' },
  }
  await inTransaction(async (tx) => {
    await tx.insert(workspaces).values({ id: workspaceId, kind: 'team', name: 'Ada' })
    await insertPlan(tx, workspaceId)
  })
  return { workspaceId, rules, month: 0, attempts: new Map(), purchases: 0 }
}

async function insertPlan(tx: Transaction, workspaceId: WorkspaceId) {
  await tx.insert(entitlements).values({
    workspaceId,
    tier: 'pro',
    earnedTier: 'pro',
    status: 'active',
    access: 'full',
    features: [],
    // What it allows stands in the rules.
    limits: { monthlyUses: 0 },
    subscriptionId: null,
    validUntil: null,
    reason: 'A test.',
    fence: 1,
    computedAt: new Date(),
  })
}

const middleOf = (month: number) => new Date(Date.UTC(2027, month, 15))

async function live(life: Life, step: Step): Promise<string> {
  const { workspaceId, rules } = life
  const now = middleOf(life.month)
  switch (step.do) {
    case 'consume':
    case 'reserve': {
      const holdSeconds = step.do === 'consume' ? null : 3_600
      const useKey = `key-${step.key}`
      const given = { workspaceId, now, useKey, quantity: step.units, holdSeconds, rules }
      const answer = await countUsage({ ...given, planState: null })
      if (answer.outcome === 'allowed' && answer.attempt !== null)
        life.attempts.set(step.key, answer.attempt)
      return answer.outcome
    }
    case 'commit':
    case 'refund': {
      const attempt = life.attempts.get(step.key) ?? 1
      const commit = step.do === 'commit'
      return (
        await settleUsage({ workspaceId, now, useKey: `key-${step.key}`, attempt, commit, rules })
      ).outcome
    }
    case 'expire':
      await expire(workspaceId, `key-${step.key}`)
      return 'done'
    case 'plan':
      life.rules = {
        ...rules,
        limits: { free: 0, pro: step.limit },
        overage: { pro: step.overage },
      }
      return 'done'
    case 'next_month':
      life.month += 1
      return 'done'
    case 'buy': {
      const source = `${workspaceId}:${life.purchases}`
      life.purchases += 1
      const expiresAt = middleOf(life.month + step.months)
      const { units: quantity } = step
      await grantCredits({
        workspaceId,
        source,
        quantity,
        expiresAt,
        paymentIntentId: source,
        actor,
      })
      return 'done'
    }
    case 'take_back':
    case 'give_back': {
      const settle = step.do === 'take_back' ? takeBackCredits : giveBackCredits
      await settle(`${workspaceId}:${step.purchase}`, actor)
      return 'done'
    }
  }
}

// As if its time had passed: the next count gives it back.
async function expire(workspaceId: WorkspaceId, key: string): Promise<void> {
  await db()
    .update(usageEvents)
    .set({ expiresAt: sql`clock_timestamp()` })
    .where(
      and(
        eq(usageEvents.workspaceId, workspaceId),
        eq(usageEvents.idempotencyKey, key),
        eq(usageEvents.state, 'held'),
      ),
    )
  await inTransaction((tx) => tx.execute(sql`select release_expired(${workspaceId}::uuid)`))
}

async function currentState({ workspaceId, month }: Life): Promise<Omit<Line, 'answer'>> {
  const [row] = await counterOf(workspaceId, month)
  const credits = await findCredits(workspaceId, middleOf(month))
  return { used: (row?.used ?? 0) + (row?.held ?? 0), credits }
}

async function countedIn({ workspaceId }: Life, month: number): Promise<number> {
  const [row] = await counterOf(workspaceId, month)
  return row?.used ?? 0
}

function counterOf(workspaceId: WorkspaceId, month: number) {
  const periodStart = new Date(Date.UTC(2027, month, 1))
  const { used, held } = usageCounters
  return db()
    .select({ used, held })
    .from(usageCounters)
    .where(
      and(eq(usageCounters.workspaceId, workspaceId), eq(usageCounters.periodStart, periodStart)),
    )
}
