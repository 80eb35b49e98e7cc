import { inTransaction } from '@/db/client'
import { hasAudit } from '@/db/queries/audit'
import { markTarget } from '@/db/queries/targets'
import { hasEarlierTrial, insertTrials, listPeopleOf } from '@/db/queries/trials'
import type { TrialSubject } from '@/db/schema/trials'
import type { Actor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import { TRIAL_POLICY } from '@/lib/catalog/trial-policy'
import { NotFound } from '@/lib/errors'
import type { CustomerId, SubscriptionId } from '@/lib/ids'
import { type BegunTrial, endTrial, retrieveBegunTrial } from '@/lib/stripe/trials'

/**
 * Enters a trial that has begun into the ledger: the people of its workspace, and the card that was left for
 * it. Where one of them has had a trial before, and the policy says so, this one ends. An operator's gift
 * never does. Safe to repeat.
 * @throws {Unavailable} Stripe does not answer
 */
export async function noteTrial(
  actor: Actor,
  customerId: CustomerId,
  id: SubscriptionId,
  policy = TRIAL_POLICY,
): Promise<void> {
  const begun = await find(id)
  if (!begun) return
  const subjects = [...(await listPeopleOf(id)), ...cardOf(begun)]
  const ends = await inTransaction(async (tx) => {
    const isAgain = await hasEarlierTrial(tx, id, subjects)
    const ends = isAgain && isEndable(begun) && policy.again === 'charge'
    const what = { scope: customerId, after: { subscription: id } }
    const noted = await insertTrials(tx, id, subjects)
    if (noted > 0) await recordAudit(tx, actor, { ...what, action: 'trial.note' })
    const end = { ...what, action: 'trial.end' } as const
    if (ends && !(await hasAudit(tx, end))) await recordAudit(tx, actor, end)
    return ends
  })
  if (!ends) return
  await endTrial(id)
  // Stripe's event has it read at once; should that get lost, this does.
  await inTransaction((tx) => markTarget(tx, customerId))
}

async function find(id: SubscriptionId): Promise<BegunTrial | null> {
  try {
    return await retrieveBegunTrial(id)
  } catch (error) {
    if (error instanceof NotFound) return null
    throw error
  }
}

function isEndable({ isRunning, isOfCheckout }: BegunTrial): boolean {
  return isRunning && isOfCheckout
}

function cardOf({ card }: BegunTrial): TrialSubject[] {
  return card === null ? [] : [{ kind: 'card', subject: card }]
}
