import type { Claim } from '@/db/queries/claim'
import type { SeenCustomer } from '@/db/queries/ledger'
import type { Actor } from '@/lib/audit/actor'
import { NotFound } from '@/lib/errors'
import type { CustomerId } from '@/lib/ids'
import { isForeign } from '@/lib/stripe/foreign'
import { claimedWorkspace } from '@/lib/workspaces/claimed'
import type { Read } from './converge'
import type { SyncPorts } from './ports'

/**
 * What Stripe shows of a customer: one list call, and a second only where our records do not know
 * whose it is, something has vanished, its own fields may have changed, or `doubted` asks whether it
 * still exists.
 * @throws {Error} a subscription vanished while its customer lives
 */
export async function readCustomer(
  ports: SyncPorts,
  claim: Claim,
  customerId: CustomerId,
  { actor, doubted }: { actor: Actor; doubted: boolean },
): Promise<Read> {
  const listed = await ports.stripe.listSubscriptions(customerId)
  // Another application may sell to the same customer: that is none of our business.
  const subscriptions = listed.filter(({ metadata }) => !isForeign(metadata, ports.appEnv))
  const shown = new Set(subscriptions.map(({ id }) => id))
  const vanished = claim.subscriptions.filter((row) => !row.endedAt && !shown.has(row.id))
  const isGone = Boolean(claim.customer?.deletedAt)
  const asks =
    doubted || !isResolved(claim) || claim.events.some(({ type }) => ABOUT_ITSELF.has(type))
  // Of what was deleted or given up there is nothing left to ask for.
  if (isGone || (vanished.length === 0 && !asks)) return { subscriptions, customer: null }

  const customer = await lookUp(ports, customerId, actor)
  // Only a deleted customer takes its subscriptions along. Anything else is a wrong key or a wrong
  // account, and must not end what people have paid for.
  if (vanished.length > 0 && !customer.deletedAt && !customer.missing) {
    throw new Error(
      `Stripe no longer shows ${vanished[0]?.id}. Is STRIPE_SECRET_KEY of the right account?`,
    )
  }
  return { subscriptions, customer: differs(claim, customer) ? customer : null }
}

// What these report is on the customer itself: its metadata, or that it is gone.
const ABOUT_ITSELF: ReadonlySet<string> = new Set(['customer.updated', 'customer.deleted'])

// Metadata can be added at any time, and a workspace can be made after the customer that names it.
function isResolved({ customer }: Claim): boolean {
  if (!customer) return false
  const { workspaceId, missingAt, doubtedAt, erasedAt } = customer
  return erasedAt !== null || (workspaceId !== null && missingAt === null && doubtedAt === null)
}

// What has its workspace and still names it is as before, and need not be written.
function differs(claim: Claim, seen: SeenCustomer): boolean {
  const same = isResolved(claim) && claim.customer?.claimedWorkspaceId === seen.claimedWorkspaceId
  return !same || seen.missing || seen.deletedAt !== null
}

// An event can come before our own row, and a customer can be made in the dashboard.
async function lookUp(ports: SyncPorts, id: CustomerId, actor: Actor): Promise<SeenCustomer> {
  const customer = await ports.stripe.retrieveCustomer(id).catch((error: unknown) => {
    if (error instanceof NotFound) return null
    throw error
  })
  return {
    id,
    livemode: ports.livemode,
    claimedWorkspaceId: customer && claimedWorkspace(customer.metadata, ports.appEnv),
    deletedAt: customer?.deleted ? await ports.clock.now() : null,
    missing: customer === null,
    actor,
  }
}
