import type { Ingested, NewEvent } from '@/db/queries/ledger'
import type { EventId } from '@/lib/ids'

/** What receiving needs of the outside; the rest happens after the answer. */
export type InboxPorts = {
  ingestEvent(event: NewEvent): Promise<Ingested>
  /** What Redis remembers as committed; it helps while Postgres is down and decides nothing else. */
  isCommitted(id: EventId): Promise<boolean>
  /** Whether an event before it, whose process is kept alive, has this one remembered, too. Only once it is committed. */
  rememberAlong(id: EventId): boolean
  secrets: string[]
  /** Real time: signatures never follow a sandbox's clock. */
  now(): Date
  appEnv: string
  livemode: boolean
}
