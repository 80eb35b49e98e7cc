import { existsSync, mkdirSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs'
import { dirname } from 'node:path'

export type LogFile = {
  path: string
  /** A descriptor for a process to write to; the caller closes it. */
  open(): number
  /** What was written since this log was taken in hand, at most the last 30 lines. */
  tail(): string
}

/** A log for its owner only, kept from run to run up to a bound. */
export function logFile(path: string): LogFile {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  if (existsSync(path) && statSync(path).size > BOUND) truncateSync(path)
  const start = existsSync(path) ? statSync(path).size : 0
  return {
    path,
    open: () => openSync(path, 'a', 0o600),
    tail: () => lastLines(readFileSync(path).subarray(start).toString()),
  }
}

/** The end of a text, short enough for a terminal. */
export function lastLines(text: string): string {
  return text.trim().split('\n').slice(-30).join('\n')
}

// Enough for weeks of development, small enough to open.
const BOUND = 4 * 1024 * 1024
