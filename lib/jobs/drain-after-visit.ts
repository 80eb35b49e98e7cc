import { backlogPorts } from './backlog-ports'
import { deliverOutboxNow, drainBacklog } from './drain-backlog'

/**
 * What a page of billing does once it is answered, in its `after`: drains what others left behind, when
 * it is this process's turn. What its own read left is `deliverAfterVisit`. Never throws.
 */
export async function drainAfterVisit(): Promise<void> {
  await drainBacklog(backlogPorts(), 'visit')
}

/**
 * Sends what waits in the outbox, for a visit whose own read has put something there: the next cron may be
 * a day away. Never throws.
 */
export async function deliverAfterVisit(): Promise<void> {
  await deliverOutboxNow(backlogPorts())
}
