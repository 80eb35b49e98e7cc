import {
  closeSync,
  fchmodSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { readLines } from './read-lines'

/**
 * One record after a change; null when it was removed. An event without its object has that of
 * another change of its transaction.
 */
export type Change = [kind: string, id: string, record: unknown, same?: number]

/** An append-only file of transactions, one JSON line each. Changes are given to it as JSON. */
export interface Journal {
  append(changes: readonly string[]): void
  /** Replaces everything written so far by lines that say the same. */
  compact(changes: Iterable<string>): void
  /** In bytes. */
  size(): number
  close(): void
}

/**
 * Opens the journal of a data directory and hands every transaction in it to `replay`.
 * A line is handed to the operating system before its request is answered, so that killing
 * the process loses nothing that was acknowledged; a torn last line was never acknowledged.
 * Throws when another line cannot be read.
 */
export function openJournal(dir: string, replay: (changes: Change[]) => void): Journal {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const path = join(dir, 'journal.jsonl')
  let file = openSync(path, 'a+', OWNER_ONLY)
  // One that was there before may be readable by all users.
  fchmodSync(file, OWNER_ONLY)
  let size = readLines(file, (line) => replay(parse(line, path)))
  ftruncateSync(file, size)
  return {
    append(changes) {
      const line = Buffer.from(lineOf(changes))
      try {
        writeFileSync(file, line)
      } catch (error) {
        // Half a line, as on a full disk, would spoil the next one.
        ftruncateSync(file, size)
        throw error
      }
      size += line.length
    },
    compact(changes) {
      closeSync(file)
      const rewritten = rewrite(path, changes)
      file = rewritten.file
      size = rewritten.size
    },
    size: () => size,
    close: () => closeSync(file),
  }
}

// Webhook secrets and addresses are in it.
const OWNER_ONLY = 0o600
// All of a year in one line would be a string of hundreds of megabytes, to write and to read.
const LINE_CHARACTERS = 1024 * 1024

function lineOf(changes: readonly string[]): string {
  return `[${changes.join(',')}]\n`
}

function parse(line: string, path: string): Change[] {
  try {
    return JSON.parse(line)
  } catch (cause) {
    const message = `${path} holds a line that is not JSON. Move the file away to start over.`
    throw new Error(message, { cause })
  }
}

/**
 * The new file takes the old one's place in one step: a crash leaves one or the other, whole.
 * Returns it, open at its end.
 */
function rewrite(path: string, changes: Iterable<string>): { file: number; size: number } {
  const next = `${path}.next`
  // One that a crash left would keep its own mode.
  rmSync(next, { force: true })
  const file = openSync(next, 'a', OWNER_ONLY)
  let size = 0
  for (const line of linesOf(changes)) {
    writeFileSync(file, line)
    size += Buffer.byteLength(line)
  }
  renameSync(next, path)
  return { file, size }
}

function* linesOf(changes: Iterable<string>) {
  let together: string[] = []
  let length = 0
  for (const change of changes) {
    together.push(change)
    length += change.length
    if (length < LINE_CHARACTERS) continue
    yield lineOf(together)
    together = []
    length = 0
  }
  if (together.length > 0) yield lineOf(together)
}
