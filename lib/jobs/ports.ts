import type { EventId } from '@/lib/ids'

/** What follows the answer needs, besides convergence. */
export type BacklogPorts = {
  rememberCommitted(id: EventId): Promise<void>
  /** Whether it is this process's turn to help with what others left: one of many is enough. */
  mayDrain(): Promise<boolean>
  /** Sends what is due in the outbox. */
  deliverOutbox(): Promise<unknown>
}
