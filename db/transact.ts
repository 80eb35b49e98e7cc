import type postgres from 'postgres'
import { asText } from '@/db/as-text'
import type { Line } from '@/db/line'
import { queryPatience } from '@/lib/deadline'

/** What Drizzle asks of a driver, for plain queries and within a transaction. */
export type Asking = {
  unsafe(text: string, args?: unknown[]): PendingRows
  savepoint<T>(work: (asking: Asking) => Promise<T>): Promise<T>
  options: { parsers: object; serializers: object }
}

/** Rows as objects, or, when `values` is called at once, as arrays. */
export type PendingRows = Promise<unknown> & { values(): Promise<unknown> }

/**
 * Runs `work` in a transaction on a line. The statements are ours, not the driver's `begin`: that one
 * goes on talking to a connection which is gone, and ends the process.
 * No statement in it waits for a lock longer than two seconds, or runs longer than the caller's deadline;
 * and when its process freezes, Postgres ends it, because others wait for its locks.
 */
export async function transact<T>(line: Line, work: (asking: Asking) => Promise<T>): Promise<T> {
  const patience = Math.ceil(queryPatience())
  await line.client.unsafe(`begin; set local lock_timeout = '2s';
    set local statement_timeout = ${patience}; set local idle_in_transaction_session_timeout = ${patience}`)
  const scope = { over: false, savepoints: 0 }
  try {
    const result = await work(askingOn(line, scope))
    // No later statement belongs to it: sent after the commit, it would be committed by itself.
    scope.over = true
    const { command } = await line.client.unsafe('commit')
    // Postgres answers ROLLBACK when a statement had failed and the caller ignored the error.
    if (command !== 'COMMIT')
      throw new Error('A statement failed: its transaction was rolled back.')
    return result
  } catch (error) {
    scope.over = true
    if (!line.broken) await line.client.unsafe('rollback')
    throw error
  }
}

function askingOn(line: Line, scope: { over: boolean; savepoints: number }): Asking {
  const asking: Asking = {
    options: NO_OPTIONS,
    unsafe: (text, args) =>
      pending(async (as) => {
        // Its connection may serve another caller by now, or be closed.
        if (scope.over || line.broken) throw line.broken ?? new Error('The transaction is over.')
        return as(inOneMessage(line, text, args))
      }),
    async savepoint(work) {
      scope.savepoints += 1
      const name = `s${scope.savepoints}`
      await asking.unsafe(`savepoint ${name}`)
      try {
        return await work(asking)
      } catch (error) {
        if (!line.broken) await asking.unsafe(`rollback to ${name}`)
        throw error
      }
    },
  }
  return asking
}

type Query = postgres.PendingQuery<postgres.Row[]>
type As = (query: Query) => Promise<unknown>

/** Sends the query a moment later, when it is known in which shape the rows are wanted. */
export function pending(ask: (as: As) => Promise<unknown>): PendingRows {
  let values = false
  const rows = Promise.resolve().then(() =>
    ask(async (query) => await (values ? query.values() : query)),
  )
  return Object.assign(rows, {
    values() {
      values = true
      return rows
    },
  })
}

/**
 * A statement in one message. By default the driver asks for the types of its parameters first and sends
 * them when it has the answer: a second round trip, and behind a pooler a backend that waits for a client
 * that may have fallen silent. Parameters that are already set on the query are sent with it.
 */
export function inOneMessage({ client }: Line, text: string, args: unknown[] = []): Query {
  // Without parameters it goes as plain text, which may be several statements.
  if (args.length === 0) return client.unsafe(text)
  const query: Query = client.unsafe(text, [], AS_MESSAGES)
  return Object.assign(query, { parameters: args.map(asText) })
}

const AS_MESSAGES = { prepare: false, simple: false }

// Drizzle writes here how it wants values; the client of each line already has that setting.
export const NO_OPTIONS = { parsers: {}, serializers: {} }
