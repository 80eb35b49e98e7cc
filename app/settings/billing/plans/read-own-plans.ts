import 'server-only'
import { after } from 'next/server'
import type { TrialOffer } from '@/app/pricing/plan-price'
import type { UserActor } from '@/lib/audit/actor'
import { readAmounts } from '@/lib/billing/amounts'
import type { Billing } from '@/lib/billing/billing'
import { readPricesIn } from '@/lib/billing/prices-in'
import { readBilling } from '@/lib/billing/read'
import { readTrialOffer } from '@/lib/trials/offered'
import { type OwnPlans, ownPlans, paysInAnother } from './own-plans'

/** Everything that a list of plans says to a signed-in user. */
export type OwnedPlans = OwnPlans & { billing: Billing; trial: TrialOffer }

/** What a user has, what follows it, and what the plans cost them. What Stripe does not say is left out. */
export async function readPlansOf(actor: UserActor): Promise<OwnedPlans> {
  const { workspaceId, id } = actor
  const [read, trial] = await Promise.all([
    readBilling(workspaceId, { actor, refresh: 'stale', later: after }),
    readTrialOffer(workspaceId),
  ])
  const [amounts, listed] = await Promise.all([
    readAmounts(id, read),
    paysInAnother(read) ? readPricesIn(id, read) : null,
  ])
  const billing = { ...read, ...amounts }
  return { billing, trial, ...ownPlans(billing, listed) }
}
