import type { Claim } from '@/db/queries/claim'
import type { Change } from '@/db/queries/ledger'
import { NotFound } from '@/lib/errors'
import { factsOf } from '@/lib/events/facts'
import { failure, retryOf } from '@/lib/events/failures'
import { notificationsOf } from '@/lib/events/notifications'
import type { ChargeId } from '@/lib/ids'
import { isForeign } from '@/lib/stripe/foreign'
import { creditTasksOf } from './credit-tasks'
import { NO_CHANGE } from './no-change'
import type { SyncPorts } from './ports'

/**
 * Whose charge it is, which a dispute, a refund or a warning named: the facts are theirs, and
 * what it did to their subscription is looked at next.
 */
export async function readCharge(ports: SyncPorts, claim: Claim, id: ChargeId): Promise<Change> {
  const charge = await ports.stripe.retrieveCharge(id).catch((error: unknown) => {
    if (error instanceof NotFound) return null
    throw error
  })
  // Stripe never forgets a charge, so this is a wrong key or a wrong account: not to be called done.
  if (!charge) return untold(claim, `Stripe does not have ${id}.`)
  if (isForeign(charge.metadata, ports.appEnv)) return NO_CHANGE
  const { facts, failures } = factsOf(claim.events, charge.customerId)
  return {
    ...NO_CHANGE,
    facts,
    outbox: [...notificationsOf(facts), ...creditTasksOf(claim.events)],
    marks: charge.customerId ? [charge.customerId] : [],
    failures,
    retry: retryOf(failures),
  }
}

function untold(claim: Claim, error: string): Change {
  const failures = claim.events.map((event) => failure(event, error))
  return { ...NO_CHANGE, failures, retry: retryOf(failures) }
}
