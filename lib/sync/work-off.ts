import type { Claim } from '@/db/queries/claim'
import type { Actor } from '@/lib/audit/actor'
import type { SyncPorts } from './ports'
import { runClaim } from './run-claim'

/**
 * Stays with a claimed target until it is clean or somebody else has taken it: waits out the
 * debounce window where there is one, reads, and reads once more when events came meanwhile.
 */
export async function workOff(ports: SyncPorts, claim: Claim, actor: Actor): Promise<void> {
  if (claim.waitMs > 0) return readAgain(ports, claim, claim.waitMs, actor)
  const { again, waitMs } = await runClaim(ports, claim, actor)
  if (again) await readAgain(ports, claim, waitMs, actor)
}

/** Goes on with a target that is still held, once its debounce window is over. */
export async function readAgain(
  ports: SyncPorts,
  held: Claim,
  waitMs: number,
  actor: Actor,
): Promise<void> {
  await ports.sleep(waitMs)
  const { claim } = await ports.ledger.claimTarget(held.key, { fence: held.fence })
  if (claim) await workOff(ports, claim, actor)
}
