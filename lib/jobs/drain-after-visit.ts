import { backlogPorts } from './backlog-ports'
import { deliverOutboxNow, drainBacklog } from './drain-backlog'

/**
 * What a page of billing does once it is answered, in its `after`: drains what others left behind, when
 * it is this process's turn. When it is not, it still sends what waits in the outbox, once a second over
 * all processes: the page's own read may have put something there, and the next cron may be a day away.
 * Never throws.
 */
export async function drainAfterVisit(): Promise<void> {
  const ports = backlogPorts()
  if (await drainBacklog(ports, 'visit')) return
  if (await ports.mayDeliver()) await deliverOutboxNow(ports)
}
