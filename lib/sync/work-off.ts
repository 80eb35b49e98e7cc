import type { Claim } from '@/db/queries/claim'
import type { Actor } from '@/lib/audit/actor'
import type { SyncPorts } from './ports'
import { runClaim } from './run-claim'

/**
 * Stays with a claimed target until it is clean or somebody else has taken it: waits out the
 * debounce window where there is one, reads, and reads once more when events came meanwhile.
 */
export async function workOff(ports: SyncPorts, claim: Claim, actor: Actor): Promise<void> {
  let held: Claim | null = claim.waitMs > 0 ? await resume(ports, claim, claim.waitMs) : claim
  while (held) {
    const { again, waitMs } = await runClaim(ports, held, actor)
    held = again ? await resume(ports, held, waitMs) : null
  }
}

async function resume(ports: SyncPorts, held: Claim, waitMs: number): Promise<Claim | null> {
  await ports.sleep(waitMs)
  const answer = await ports.ledger.claimTarget(held.key, { fence: held.fence })
  return answer.claim
}
