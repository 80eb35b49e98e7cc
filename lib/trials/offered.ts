import { hadTrial, hadTrialWith } from '@/db/queries/trials'
import { PAID_PLANS, type PaidTier, PLANS } from '@/lib/catalog/plans'
import type { CustomerId, WorkspaceId } from '@/lib/ids'
import { countRead } from '@/lib/redis/person-reads'
import { businessClock } from '@/lib/stripe/business-clock'
import { listFingerprints } from '@/lib/stripe/trials'

/**
 * The days of trial that a plan begins with for this workspace: none where one of its people, or a card that
 * it has left at Stripe, has had a trial. Stripe is asked only where the plan has one.
 * @throws {Unavailable} Stripe does not answer
 */
export async function offeredTrialDays(
  workspaceId: WorkspaceId,
  customerId: CustomerId,
  tier: PaidTier,
): Promise<number> {
  const { trialDays = 0 } = PLANS[tier]
  if (trialDays === 0 || (await hadTrial(workspaceId))) return 0
  countRead()
  return (await hadTrialWith(await listFingerprints(customerId))) ? 0 : trialDays
}

/** A trial that a page offers: it would begin now. */
export type TrialOffer = { from: Date }

/** What a page offers of trials to a workspace, by what our records know of its people; null: none. */
export async function readTrialOffer(workspaceId: WorkspaceId): Promise<TrialOffer | null> {
  const isSold = PAID_PLANS.some(({ trialDays = 0 }) => trialDays > 0)
  if (!isSold || (await hadTrial(workspaceId))) return null
  return { from: await businessClock().now() }
}
