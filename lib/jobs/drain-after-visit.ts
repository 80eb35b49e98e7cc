import { backlogPorts } from './backlog-ports'
import { deliverOutboxNow, drainBacklog } from './drain-backlog'

/**
 * What a page of billing does once it is answered, in its `after`: drains what others left behind, when
 * it is this process's turn. When it is not, it still sends what waits in the outbox: the page's own read
 * may have put something there, and the next cron may be a day away. Never throws.
 */
export async function drainAfterVisit(): Promise<void> {
  const ports = backlogPorts()
  if (!(await drainBacklog(ports, 'visit'))) await deliverOutboxNow(ports)
}
