import type { Actor } from '@/lib/audit/actor'
import { Unavailable } from '@/lib/errors'
import type { CustomerId } from '@/lib/ids'
import type { SyncPorts } from './ports'
import { runClaim } from './run-claim'

// A person is watching a page load: two seconds for somebody else's read to end, looked at every tenth.
const PATIENCE_MS = 2_000
const POLL_MS = 100

/**
 * Converges a customer now, for a person who waits: it does not sit out the debounce window, and
 * waits at most two seconds for a read that is under way. Whatever was true at Stripe before the
 * call is in our books after it.
 * `customer: true` also asks whether the customer itself still exists.
 * @throws {Unavailable} Stripe did not answer, or somebody else's read did not end; it stays marked
 */
export async function syncCustomer(
  ports: SyncPorts,
  customerId: CustomerId,
  actor: Actor,
  doubts: { customer?: boolean } = {},
): Promise<void> {
  const first = await ports.ledger.claimTarget(customerId, { mark: true, takeover: true })
  let answer = first
  for (let waited = 0; answer.held && waited < PATIENCE_MS; waited += POLL_MS) {
    await ports.sleep(POLL_MS)
    answer = await ports.ledger.claimTarget(customerId, { takeover: true })
  }
  if (!answer.claim)
    throw new Unavailable('Your billing details are being updated. Try again in a moment.')
  await runClaim(ports, answer.claim, actor, doubts)
}
