import { systemActor } from '@/lib/audit/actor'
import { failureText, log } from '@/lib/log'
import { drainTarget } from './drain-target'
import type { SyncPorts } from './ports'

/**
 * Works through what is due and has no lease owner: what a dropped `after()`, a killed process or a failed
 * read left behind. Safe to run twice at once, and to be skipped.
 * @param budgetMs real time after which no further target is begun
 * @returns how many targets were drained, and how many failed and will be tried again
 */
export async function drain(ports: SyncPorts, job: string, budgetMs: number) {
  const until = Date.now() + budgetMs
  const count = { done: 0, failed: 0 }
  while (Date.now() < until) {
    // Few at a time: a claim is a lease, and one that waits in a queue is one that no other process can take.
    const claims = await ports.ledger.claimDue(5)
    if (claims.length === 0) break
    const results = await Promise.allSettled(
      claims.map((claim) => drainTarget(ports, claim, systemActor(job), until)),
    )
    for (const [i, result] of results.entries()) {
      count[result.status === 'fulfilled' ? 'done' : 'failed'] += 1
      if (result.status === 'rejected') {
        log.error(
          { target: claims[i]?.key, error: failureText(result.reason) },
          'sync failed; it will be tried again',
        )
      }
    }
  }
  return count
}
