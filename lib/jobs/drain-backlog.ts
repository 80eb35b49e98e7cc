import { failureText, log } from '@/lib/log'
import { drain } from '@/lib/sync/drain'
import type { SyncPorts } from '@/lib/sync/ports'
import type { BacklogPorts } from './ports'

type DrainPorts = SyncPorts & Pick<BacklogPorts, 'mayDrain' | 'deliverOutbox'>

// Well inside a function's limit, beside whatever it is there for.
const DRAIN_MS = 5_000

/**
 * Works through what others left behind and sends what waits in the outbox, when it is this process's
 * turn: where crons come once a day, webhooks and visits are what keeps things moving. Never throws.
 * @returns whether it was
 */
export async function drainBacklog(ports: DrainPorts, job: 'webhook' | 'visit'): Promise<boolean> {
  if (!(await ports.mayDrain())) return false
  try {
    await drain(ports, job, DRAIN_MS)
  } catch (error) {
    log.error({ error: failureText(error) }, 'the backlog was not drained; the next drain will')
  }
  await deliverOutboxNow(ports)
  return true
}

/** Sends what is due in the outbox. Never throws. */
export async function deliverOutboxNow(ports: Pick<DrainPorts, 'deliverOutbox'>): Promise<void> {
  try {
    await ports.deliverOutbox()
  } catch (error) {
    log.error({ error: failureText(error) }, 'the outbox was not drained; the next drain will')
  }
}
