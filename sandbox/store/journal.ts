import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

/** One record after a change; null when it was removed. */
export type Change = [kind: string, id: string, record: unknown]

/** An append-only file of transactions, one JSON line each. */
export interface Journal {
  append(changes: Change[]): void
  /** Replaces everything written so far by one line that says the same. */
  compact(changes: Change[]): void
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
  const whole = existsSync(path) ? wholeLines(readFileSync(path, 'utf8')) : ''
  for (const line of whole.split('\n')) if (line !== '') replay(parse(line, path))
  let file = rewrite(path, whole)
  let size = Buffer.byteLength(whole)
  return {
    append(changes) {
      const line = `${JSON.stringify(changes)}\n`
      try {
        writeFileSync(file, line)
      } catch (error) {
        // Half a line, as on a full disk, would spoil the next one.
        ftruncateSync(file, size)
        throw error
      }
      size += Buffer.byteLength(line)
    },
    compact(changes) {
      const line = changes.length > 0 ? `${JSON.stringify(changes)}\n` : ''
      closeSync(file)
      file = rewrite(path, line)
      size = Buffer.byteLength(line)
    },
    size: () => size,
    close: () => closeSync(file),
  }
}

function wholeLines(text: string): string {
  return text.slice(0, text.lastIndexOf('\n') + 1)
}

function parse(line: string, path: string): Change[] {
  try {
    return JSON.parse(line)
  } catch (cause) {
    const message = `${path} holds a line that is not JSON. Move the file away to start over.`
    throw new Error(message, { cause })
  }
}

/** The new file takes the old one's place in one step: a crash leaves one or the other, whole. Returns it, open at its end. */
function rewrite(path: string, text: string): number {
  const next = `${path}.next`
  // One that a crash left would keep its own mode.
  rmSync(next, { force: true })
  // Webhook secrets and addresses are in it.
  writeFileSync(next, text, { mode: 0o600 })
  renameSync(next, path)
  return openSync(path, 'a')
}
