import type { Claim } from '@/db/queries/claim'
import type { Actor } from '@/lib/audit/actor'
import { Unavailable } from '@/lib/errors'
import type { CustomerId } from '@/lib/ids'
import { failureText, log } from '@/lib/log'
import { readAgain } from './drain-target'
import type { SyncPorts } from './ports'
import { runClaim } from './run-claim'

// A person is watching a page load: two seconds for another process's read to end, checked every tenth.
const PATIENCE_MS = 2_000
const POLL_MS = 100

export type SyncOptions = {
  /** Also ask whether the customer itself still exists. */
  customer?: boolean
  /** Runs what the person need not wait for, after the answer; without it the drain does that. */
  later?: (work: () => Promise<void>) => void
  /** Sends what the read has put into the outbox, after the answer; without it the drain does that. Never throws. */
  deliver?: () => Promise<void>
}

/**
 * Converges a customer now, for a person who waits: it does not sit out the debounce window, and
 * waits at most two seconds for a read that is under way. Whatever was true at Stripe before the
 * call is in our records after it.
 * @throws {Unavailable} Stripe did not answer, or another process's read did not end; it stays marked
 */
export async function syncCustomer(
  ports: SyncPorts,
  customerId: CustomerId,
  actor: Actor,
  { customer = false, later, deliver }: SyncOptions = {},
): Promise<void> {
  const claim = await claimForPerson(ports, customerId)
  const keepLease = () => later !== undefined
  const options = { customer, keepLease, countAttempt: false }
  const { again, waitMs, outbox } = await runClaim(ports, claim, actor, options)
  if (outbox > 0 && deliver) later?.(deliver)
  // Events came while Stripe was read, and found the target held: this lease owner reads for them.
  if (again)
    later?.(async () => {
      if ((await continueDrain(ports, claim, waitMs, actor)) > 0) await deliver?.()
    })
}

// No caller waits for it any more, so none could catch what it throws.
async function continueDrain(
  ports: SyncPorts,
  claim: Claim,
  waitMs: number,
  actor: Actor,
): Promise<number> {
  try {
    return await readAgain(ports, claim, waitMs, actor)
  } catch (error) {
    log.error(
      { target: claim.key, error: failureText(error) },
      'sync failed; it will be tried again',
    )
    return 0
  }
}

async function claimForPerson(ports: SyncPorts, customerId: CustomerId): Promise<Claim> {
  let answer = await ports.ledger.claimTarget(customerId, { mark: true, takeover: true })
  for (let waited = 0; answer.held && waited < PATIENCE_MS; waited += POLL_MS) {
    await ports.sleep(POLL_MS)
    answer = await ports.ledger.claimTarget(customerId, { takeover: true })
  }
  if (answer.claim) return answer.claim
  throw new Unavailable('billing_updating')
}
