import { hasLivingSubscription } from '@/db/queries/customers'
import { listCustomersOf } from '@/db/queries/erase'
import { env } from '@/lib/env'
import { Conflict } from '@/lib/errors'
import type { CustomerId, WorkspaceId } from '@/lib/ids'
import { isTerminal } from '@/lib/status'
import { isForeign } from '@/lib/stripe/foreign'
import { listSubscriptions } from '@/lib/stripe/subscriptions'
import { closeCheckouts } from './close-checkouts'
import type { AtStripe } from './erase-at-stripe'

/**
 * Makes sure that a person about to be erased does not pay, or begin to: the pages that could still be
 * paid are closed first, then Stripe is asked. What they have from another application on the same
 * account counts where it would end with their customer.
 * @returns every customer that their workspace has or had
 * @throws {Conflict} with the subscription that has to end first
 */
export async function requireNoPlan(
  workspaceId: WorkspaceId,
  atStripe: AtStripe,
): Promise<CustomerId[]> {
  const customers = await listCustomersOf(workspaceId)
  for (const { id, deletedAt } of customers) {
    if (deletedAt) continue
    await closeCheckouts(id)
    const living = (await listSubscriptions(id)).find(
      ({ status, metadata }) =>
        !isTerminal(status) && (atStripe !== 'keep' || !isForeign(metadata, env().appEnv)),
    )
    if (living) {
      throw new Conflict({
        internal: `${living.id} of ${id} is ${living.status}. A paying customer cannot be erased: cancel it at Stripe, refund what is due, then come back.`,
      })
    }
    // Of a customer that Stripe does not have, only our records can say.
    if (await hasLivingSubscription(id)) {
      throw new Conflict({
        internal: `By our records ${id} has a living plan, and Stripe does not show it. See npm run customers first.`,
      })
    }
  }
  return customers.map(({ id }) => id)
}
