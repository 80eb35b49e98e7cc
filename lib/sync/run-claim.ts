import type { Claim } from '@/db/queries/claim'
import type { Applied, Change, Manner } from '@/db/queries/ledger'
import type { Actor } from '@/lib/audit/actor'
import { withDeadline } from '@/lib/deadline'
import { Unavailable } from '@/lib/errors'
import { type CustomerId, isUserId, parseCustomerId } from '@/lib/ids'
import { failureText, log } from '@/lib/log'
import { APP } from '@/lib/stripe/metadata'
import { isForeign } from '@/lib/subscriptions/foreign'
import { converge, type Read } from './converge'
import type { SyncPorts } from './ports'

type RunOptions = Partial<Manner> & { customer?: boolean }

// Well inside the lease of 30 s: who reads for longer is overtaken, and would read for nothing.
const READ_MS = 25_000

/**
 * Reads Stripe for a claimed target and commits what it showed: one read, one round trip.
 * The claim was taken before the read, so that an older read can never overwrite a newer one.
 * `customer`: ask whether the customer itself still exists, too.
 * @throws whatever the read or the commit threw, after giving the target back for a later try
 */
export async function runClaim(
  ports: SyncPorts,
  claim: Claim,
  actor: Actor,
  { customer = false, stay = true, counts = true }: RunOptions = {},
): Promise<Applied> {
  try {
    const reading = readStripe(ports, claim, customer)
    const read = await withDeadline(reading, READ_MS, () => new Unavailable('Stripe is slow.'))
    const context = { actor, now: await ports.clock.now(), prices: ports.prices }
    const change = converge(claim, read, context)
    const applied = await ports.ledger.applySync(claim, change, { stay, counts })
    report(claim, change, applied)
    return applied
  } catch (error) {
    // If even this fails the lease ends by itself; the first error is the one to tell.
    await ports.ledger.failTarget(claim, failureText(error), { counts }).catch(() => {})
    throw error
  }
}

async function readStripe(ports: SyncPorts, claim: Claim, doubted: boolean): Promise<Read> {
  const customerId = parseCustomerId(claim.key)
  const listed = await ports.stripe.listSubscriptions(customerId)
  // Another application may sell to the same customer: that is none of our business.
  const subscriptions = listed.filter(({ metadata }) => !isForeign(metadata, ports.appEnv))
  const shown = new Set(subscriptions.map(({ id }) => id))
  const vanished = claim.subscriptions.filter((row) => !row.endedAt && !shown.has(row.id))
  const deleted = doubted || claim.events.some(({ type }) => type === 'customer.deleted')
  if (claim.customer && vanished.length === 0 && !deleted) return { subscriptions, customer: null }

  const customer = await readCustomer(ports, customerId)
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
async function readCustomer(
  ports: SyncPorts,
  id: CustomerId,
): Promise<NonNullable<Change['customer']>> {
  const { metadata, deleted } = await ports.stripe.retrieveCustomer(id)
  const ours = metadata.app === APP && metadata.env === ports.appEnv
  const userId = ours && isUserId(metadata.userId) ? metadata.userId : null
  const deletedAt = deleted ? await ports.clock.now() : null
  return { id, userId, livemode: ports.livemode, deletedAt }
}

function report(claim: Claim, change: Change, { applied }: Applied): void {
  const actions = change.audits.map(({ action }) => action)
  const step = { target: claim.key, fence: claim.fence, events: claim.events.map(({ id }) => id) }
  if (!applied) log.info(step, 'sync overtaken by a newer one')
  else if (change.retry)
    log.error({ ...step, actions, retry: change.retry }, 'sync applied, not settled')
  else log.info({ ...step, actions }, 'sync applied')
}
