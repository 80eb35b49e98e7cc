import type { Claim } from '@/db/queries/claim'
import type { Actor } from '@/lib/audit/actor'
import type { SyncPorts } from './ports'
import { runClaim } from './run-claim'

// Milliseconds of real time. About some customers events never stop: a process that stays for all of them is
// ended by the platform with the lease in its hands, and a drain that waits for them serves no other customer.
const STAY_MS = 10_000

/**
 * Stays with a claimed target until it is clean or another process has taken it: waits out the
 * debounce window where there is one, reads, and reads once more when events came meanwhile. After ten
 * seconds, or at `until`, it gives the lease back instead, for the next event or drain to take.
 * @param until in milliseconds since 1970
 * @returns how many entries it put into the outbox
 */
export async function drainTarget(
  ports: SyncPorts,
  claim: Claim,
  actor: Actor,
  until: number = Number.POSITIVE_INFINITY,
): Promise<number> {
  const leave = Math.min(until, Date.now() + STAY_MS)
  if (claim.waitMs > 0) return readAgain(ports, claim, claim.waitMs, actor, leave)
  const keepLease = () => Date.now() < leave
  const { again, waitMs, outbox } = await runClaim(ports, claim, actor, { keepLease })
  return again ? outbox + (await readAgain(ports, claim, waitMs, actor, leave)) : outbox
}

/** Goes on with a target that is still held, once its debounce window is over. */
export async function readAgain(
  ports: SyncPorts,
  held: Claim,
  waitMs: number,
  actor: Actor,
  until?: number,
): Promise<number> {
  await ports.sleep(waitMs)
  const { claim } = await ports.ledger.claimTarget(held.key, { fence: held.fence })
  return claim ? drainTarget(ports, claim, actor, until) : 0
}
