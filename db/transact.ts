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
 * Nothing in it waits for a lock longer than two seconds, or runs longer than whoever asks would wait;
 * and when its process freezes, Postgres ends it: what it has locked, others wait for.
 */
export async function transact<T>(line: Line, work: (asking: Asking) => Promise<T>): Promise<T> {
  const patience = Math.ceil(queryPatience())
  await line.client.unsafe(`begin; set local lock_timeout = '2s';
    set local statement_timeout = ${patience}; set local idle_in_transaction_session_timeout = ${patience}`)
  const scope = { over: false, savepoints: 0 }
  try {
    const result = await work(askingOn(line, scope))
    // From here on nothing more belongs to it: what came behind would be committed by itself.
    scope.over = true
    const { command } = await line.client.unsafe('commit')
    // So it answers where a statement had failed and nobody minded.
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
        // Its connection may serve somebody else by now, or nobody.
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

/** Asks a moment later, when it is known in which shape the rows are wanted. */
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
 * A statement that goes whole. Left to itself the driver asks for the types of its parameters first and
 * sends them when it has the answer: a second round trip, and behind a pooler a backend that waits for
 * somebody who may have fallen silent. What already lies on the query it sends along.
 */
export function inOneMessage({ client }: Line, text: string, args: unknown[] = []): Query {
  // Without parameters it goes as plain text, which may be several statements.
  if (args.length === 0) return client.unsafe(text)
  const query: Query = client.unsafe(text, [], AS_MESSAGES)
  return Object.assign(query, { parameters: args.map(asText) })
}

const AS_MESSAGES = { prepare: false, simple: false }

// Drizzle notes here how it wants values; each line's own client has been told.
export const NO_OPTIONS = { parsers: {}, serializers: {} }
