import type { Socket } from 'node:net'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { arriveInSchema, askedAddress } from '@/db/arrive'
import { asText } from '@/db/as-text'
import { openSocket } from '@/db/open-socket'
import { textsOf } from '@/db/texts-of'

/** One connection to Postgres. It is opened once, carries one query or transaction at a time, and ends for good. */
export type Line = {
  client: postgres.Sql
  /** Ends once it is known to work in the schema of its address; nothing is asked before. */
  arrive(): Promise<void>
  /** Why it carries nothing any more; null while it does. */
  broken: Error | null
  /** Called once, when it breaks, unless `close` ended it. */
  onBreak: (error: Error) => void
  /** When it should be replaced, on the clock of `performance.now()`. */
  retireAt: number
  /** Since when it has been unused, on the same clock. */
  idleSince: number
  /** Destroys it, whatever is under way on it: nothing else ends a wait for a peer that went silent. */
  destroy(why: Error): void
  /** Says goodbye; a peer that does not answer that is left within a second. */
  close(): void
}

/**
 * Opens a line at its first query. The driver's client is made for this one connection: by itself it
 * would connect again, and run the rest of a transaction, or what was left in its buffers, there.
 */
export function openLine(url: string): Line {
  let socket: Socket | undefined
  let arriving: Promise<void> | undefined
  const client = postgres(askedAddress(url), {
    ...OPTIONS,
    onclose: () => line.destroy(closed()),
    ...{
      // Spread, because the driver knows this option and its types do not.
      socket(where: Parameters<typeof openSocket>[0]) {
        if (socket || line.broken) throw line.broken ?? closed()
        socket = openSocket(where)
        return socket
      },
    },
  })
  // Drizzle reads and writes instants and JSON itself, and sets that on each client that it gets.
  drizzle({ client })
  const line: Line = {
    client,
    arrive() {
      arriving ??= arriveInSchema(client, url)
      return arriving
    },
    broken: null,
    onBreak: () => {},
    retireAt: performance.now() + LIFE_MS * (1 + Math.random()),
    idleSince: performance.now(),
    destroy(why) {
      if (line.broken) return
      line.broken = why
      socket?.destroy()
      line.onBreak(why)
    },
    close() {
      if (line.broken) return
      line.broken = closed()
      void client.end({ timeout: 1 }).then(() => socket?.destroy())
    },
  }
  return line
}

// Half an hour to an hour, so that a pooler that moved, or a server that was replaced, is found again.
const LIFE_MS = 30 * 60_000

const OPTIONS = {
  // A prepared statement is gone when a pooler sends the next query over another connection.
  prepare: false,
  max: 1,
  // By default the driver first asks each new connection for its array types. When that answer never comes,
  // no code awaits the error: an unhandled rejection. Our statements need one such type.
  fetch_types: false,
  types: {
    // text[], as pg_type numbers it.
    texts: { to: 1009, from: [1009], serialize: asText, parse: textsOf },
  },
  // Seconds. A webhook that cannot be stored must answer 503 well before Stripe gives up on it.
  connect_timeout: 3,
  // Both are the pool's business: the driver would wait for a silent peer's goodbye for ever.
  idle_timeout: 0,
  max_lifetime: 0,
  onnotice: () => {},
}

function closed(): Error {
  return Object.assign(new Error('The connection to Postgres was closed.'), {
    code: 'CONNECTION_CLOSED',
  })
}
