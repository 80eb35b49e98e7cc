import { isSchemaRefused } from '@/db/arrive'
import { type Line, openLine } from '@/db/line'
import { ambient } from '@/lib/ambient'
import { queryPatience } from '@/lib/deadline'

export type Pool = ReturnType<typeof openPool>

/**
 * At most `max` lines to Postgres, each with one query or transaction at a time: when all are taken, the
 * next caller waits in a queue. Given more, the driver itself would send one query behind another on the
 * same connection, and some poolers have given that connection's backend away by then.
 */
export function openPool(url: string, max = MAX) {
  const lines = new Set<Line>()
  // The one that was used last is taken first, so that unneeded ones reach the idle limit.
  const idle: Line[] = []
  const waiting = new Set<(line: Line) => void>()
  const holding = ambient<{ open: boolean }>(Symbol('holding'))
  let sweeping: NodeJS.Timeout | undefined
  let onEmpty = () => {}

  /**
   * Runs `work` on a line of its own. Waiting for one counts: when the caller's deadline passes, the
   * wait ends or the line is destroyed, and `POOL_BUSY` or `QUERY_LATE` is the error's code.
   */
  function use<T>(work: (line: Line) => Promise<T>): Promise<T> {
    return lend(work).catch((error: unknown) => {
      if (isSchemaRefused(error)) return lend(work)
      throw error
    })
  }

  async function lend<T>(work: (line: Line) => Promise<T>): Promise<T> {
    let giveUp = () => {}
    const timer = setTimeout(() => giveUp(), queryPatience()).unref()
    const onStop = (stop: () => void) => {
      giveUp = stop
    }
    try {
      const line = idle.pop() ?? (lines.size < max ? dial() : await turn(onStop))
      giveUp = () => {
        // A silent line is rarely alone: a firewall forgets all of them, and a dead host answers none.
        for (const other of idle.splice(0)) retire(other)
        line.destroy(failure('QUERY_LATE', 'Postgres did not answer in time.'))
      }
      return await carry(line, work)
    } finally {
      clearTimeout(timer)
    }
  }

  /** The same for work of several steps. While it has this line it may not wait for a second one. */
  function hold<T>(work: (line: Line) => Promise<T>): Promise<T> {
    const state = { open: true }
    return use((line) => holding.run(state, () => work(line))).finally(() => {
      state.open = false
    })
  }

  async function carry<T>(line: Line, work: (line: Line) => Promise<T>): Promise<T> {
    try {
      return await new Promise<T>((resolve, reject) => {
        line.onBreak = reject
        line
          .arrive()
          .then(() => work(line))
          .then(resolve, reject)
      })
    } catch (error) {
      if (isLast(error)) line.destroy(error)
      else if (isFromPostgres(error)) await forgetRows(line)
      throw error
    } finally {
      giveBack(line)
    }
  }

  function turn(onStop: (stop: () => void) => void): Promise<Line> {
    // Made only where it is thrown: an error takes down its stack, and in a burst nearly every query waits here.
    const busy = () => failure('POOL_BUSY', 'All connections to Postgres are taken.')
    // If every transaction that has a line waited for a second one, none would ever continue.
    if (waiting.size >= QUEUE || holding.get()?.open) throw busy()
    return new Promise((resolve, reject) => {
      waiting.add(resolve)
      onStop(() => {
        waiting.delete(resolve)
        reject(busy())
      })
    })
  }

  function dial(): Line {
    const line = openLine(url)
    lines.add(line)
    return line
  }

  function giveBack(line: Line): void {
    line.onBreak = () => {}
    if (line.broken || performance.now() > line.retireAt) retire(line)
    const [next] = waiting
    if (next) {
      waiting.delete(next)
      next(lines.has(line) ? line : dial())
    } else if (lines.has(line)) rest(line)
  }

  function rest(line: Line): void {
    line.idleSince = performance.now()
    line.onBreak = () => {
      idle.splice(idle.indexOf(line), 1)
      lines.delete(line)
    }
    idle.push(line)
    sweeping ??= setTimeout(sweep, IDLE_MS).unref()
  }

  function sweep(): void {
    const before = performance.now() - IDLE_MS
    while (idle[0] && idle[0].idleSince <= before) idle.splice(0, 1).forEach(retire)
    sweeping = idle.length > 0 ? setTimeout(sweep, IDLE_MS).unref() : undefined
  }

  function retire(line: Line): void {
    lines.delete(line)
    line.close()
    if (lines.size === 0) onEmpty()
  }

  /** Closes what is idle, and the rest as it becomes so; after five seconds, whatever is left. */
  async function end(): Promise<void> {
    clearTimeout(sweeping)
    for (const line of lines) line.retireAt = 0
    for (const line of idle.splice(0)) retire(line)
    if (lines.size > 0) await emptied()
    for (const line of lines) line.destroy(failure('CONNECTION_ENDED', 'The pool was ended.'))
  }

  function emptied(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, END_MS)
      onEmpty = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  return { use, hold, end }
}

// A serverless instance serves few requests at once; a small pool keeps hundreds of instances
// within the server's limit.
const MAX = 10

// More than ten lines can serve before the deadline; refusing the rest at once only saves memory.
const QUEUE = 5_000

const IDLE_MS = 20_000
const END_MS = 5_000

/**
 * After an error the driver still counts the rows that had come before it, and would give the next query on this
 * line as many empty places ahead of its own: https://github.com/porsager/postgres/issues/1181. A query that
 * ends well sets the count back.
 */
function forgetRows(line: Line): Promise<void> {
  return new Promise((resolve) => {
    if (line.broken) return resolve()
    line.onBreak = () => resolve()
    line.client`select`.catch((error: Error) => line.destroy(error)).then(() => resolve())
  })
}

function isFromPostgres(error: unknown): boolean {
  return error instanceof Error && 'severity_local' in error
}

// The server's last word, or an error of the driver or the system about the connection itself: that it is
// closed may take a moment to arrive.
function isLast(error: unknown): error is Error {
  if (!(error instanceof Error) || !('code' in error)) return false
  if (!('severity_local' in error)) return /^[A-Z_]+$/.test(String(error.code))
  return ('severity' in error ? error.severity : error.severity_local) !== 'ERROR'
}

function failure(code: string, message: string): Error {
  return Object.assign(new Error(message), { code })
}
