import type { Ingested, NewEvent } from '@/db/queries/ledger'
import type { EventId } from '@/lib/ids'

/** What receiving needs of the outside; the rest happens after the answer. */
export type InboxPorts = {
  ingestEvent(event: NewEvent): Promise<Ingested>
  /** What Redis remembers as committed; it helps while Postgres is down and decides nothing else. */
  isCommitted(id: EventId): Promise<boolean>
  secrets: string[]
  /** Real time: signatures never follow a sandbox's clock. */
  now(): Date
  appEnv: string
  livemode: boolean
}

/** What follows the answer needs, besides convergence. */
export type AfterPorts = {
  rememberCommitted(id: EventId): Promise<void>
  /** Whether it is this process's turn to help with what others left: one of many is enough. */
  mayHelp(): Promise<boolean>
  /** Sends what is due in the outbox. */
  deliverEffects(): Promise<unknown>
}
