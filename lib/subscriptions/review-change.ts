import { type Actor, userIdOf, workspaceIdOf } from '@/lib/audit/actor'
import type { Billing } from '@/lib/billing/billing'
import type { Choice } from '@/lib/catalog/parse-choice'
import type { InvoicePreview } from '@/lib/charge'
import { requirePlanAllowed } from '@/lib/entitlements/require-plan-allowed'
import { RateLimited } from '@/lib/errors'
import type { WorkspaceId } from '@/lib/ids'
import { mayRead } from '@/lib/redis/person-reads'
import { productionPorts } from '@/lib/sync/production-ports'
import { type Change, changeOf } from './change-of'
import { sealOffer } from './offer'
import { requireOwnSubscription } from './own-subscription'
import { previewOf } from './preview-of'

export type Review = {
  when: Change['when']
  billing: Billing
  choice: Choice
  /** `now`: what is charged at once. Otherwise the first charge with the plan that follows. */
  preview: InvoicePreview
  /** For the form: what was shown, so that nothing else is done. */
  offer: string
}

/**
 * What a change of the actor's plan costs and when it takes place, by Stripe's own preview; nothing is changed.
 * @throws {Forbidden} an operator withholds plans from the workspace
 * @throws {RateLimited} this person had Stripe asked as often as one may in a minute
 * @throws {Conflict} the plan is not in a state to be changed, about to end, or there already
 * @throws {NotFound} there is no plan, or it has ended
 */
export async function reviewChange(actor: Actor, choice: Choice): Promise<Review> {
  await requirePlanAllowed(workspaceIdOf(actor))
  // A page asks this by being looked at, so that a press's own limit does not hold it.
  const decision = await mayRead(userIdOf(actor))
  if (!decision.allowed) throw new RateLimited('too_many_tries', decision.retryAfterSeconds)
  const own = await requireOwnSubscription(actor)
  const change = await changeOf(own, choice, await productionPorts().clock.now())
  const preview = await previewOf(change)
  const offer = offerFor(workspaceIdOf(actor), change, choice, preview)
  return { when: change.when, billing: own.billing, choice, preview, offer }
}

function offerFor(
  owner: WorkspaceId,
  change: Change,
  choice: Choice,
  preview: InvoicePreview,
): string {
  const { when, before, price, quantity, at } = change
  const { due, total, currency } = preview
  const shown = { ...choice, when, before, price, quantity, due, total, currency }
  return sealOffer({ ...shown, at: at.getTime() }, owner)
}
