import type { Claim } from '@/db/queries/claim'
import type { Change } from '@/db/queries/ledger'
import { type CustomerId, isUserId } from '@/lib/ids'
import { APP } from '@/lib/stripe/metadata'
import { isForeign } from '@/lib/subscriptions/foreign'
import type { Read } from './converge'
import type { SyncPorts } from './ports'

/**
 * What Stripe shows of a customer: one list call, and a second only where our books do not know the
 * customer, something has vanished, or `doubted` asks whether the customer still exists.
 * @throws {Error} a subscription vanished while its customer lives
 */
export async function readCustomer(
  ports: SyncPorts,
  claim: Claim,
  customerId: CustomerId,
  doubted: boolean,
): Promise<Read> {
  const listed = await ports.stripe.listSubscriptions(customerId)
  // Another application may sell to the same customer: that is none of our business.
  const subscriptions = listed.filter(({ metadata }) => !isForeign(metadata, ports.appEnv))
  const shown = new Set(subscriptions.map(({ id }) => id))
  const vanished = claim.subscriptions.filter((row) => !row.endedAt && !shown.has(row.id))
  const deleted = doubted || claim.events.some(({ type }) => type === 'customer.deleted')
  if (claim.customer && vanished.length === 0 && !deleted) return { subscriptions, customer: null }

  const customer = await lookUp(ports, customerId)
  // Only a deleted customer takes its subscriptions along. Anything else is a wrong key or a wrong
  // account, and must not end what people have paid for.
  if (vanished.length > 0 && !customer.deletedAt) {
    throw new Error(
      `Stripe no longer shows ${vanished[0]?.id}. Is STRIPE_SECRET_KEY of the right account?`,
    )
  }
  return { subscriptions, customer }
}

// An event can come before our own row, and a customer can be made in the dashboard.
async function lookUp(ports: SyncPorts, id: CustomerId): Promise<NonNullable<Change['customer']>> {
  const { metadata, deleted } = await ports.stripe.retrieveCustomer(id)
  const ours = metadata.app === APP && metadata.env === ports.appEnv
  const userId = ours && isUserId(metadata.userId) ? metadata.userId : null
  const deletedAt = deleted ? await ports.clock.now() : null
  return { id, userId, livemode: ports.livemode, deletedAt }
}
