import { randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/**
 * Takes a data directory for this process: two sandboxes would write over each other's journal.
 * The lock of a process that died is taken over; one that is stopping is waited for a moment.
 * @returns what gives the directory back
 * @throws the pid of the process that has it
 */
export async function lockDirectory(
  dir: string,
  { waitMs = STOPPING_MS } = {},
): Promise<() => void> {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const file = resolve(dir, 'sandbox.pid')
  const deadline = Date.now() + waitMs
  while (!create(file)) {
    const owner = ownerOf(file)
    if (owner === null) rmSync(file, { force: true })
    else if (Date.now() < deadline) await wait(20)
    else
      throw new Error(
        `${dir} is in use by the sandbox of process ${owner}. Stop it, or give another directory with --data.`,
      )
  }
  ours.add(file)
  return () => {
    if (ours.delete(file)) rmSync(file, { force: true })
  }
}

// A sandbox that was asked to stop is gone well within this.
const STOPPING_MS = 2_000

/** Distinguishes a lock that this process holds from one that its pid held in an earlier life. */
const ours = new Set<string>()

/** A link appears whole or not at all, and never replaces another's file. */
function create(file: string): boolean {
  const draft = `${file}.${process.pid}.${randomUUID()}`
  writeFileSync(draft, `${process.pid} ${birthOf(process.pid) ?? ''}\n`, { mode: 0o600 })
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft)
  }
}

/** The pid of the process that holds the lock; null when none does any more. */
function ownerOf(file: string): number | null {
  const [pid = 0, birth] = read(file).trim().split(' ').map(Number)
  if (!Number.isInteger(pid) || pid <= 0) return null
  if (pid === process.pid) return ours.has(file) ? pid : null
  if (!isAlive(pid)) return null
  const known = birthOf(pid)
  return known === 'gone' || (birth !== undefined && known !== null && known !== birth) ? null : pid
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it lives, and is another user's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** When a process began, which distinguishes it from a later one with its pid; null where the system does not say. */
function birthOf(pid: number): number | 'gone' | null {
  if (process.platform !== 'linux') return null
  try {
    const stat = readFileSync(join('/proc', String(pid), 'stat'), 'utf8')
    // The name in parentheses may hold anything; after it come the state and, 19 on, the start.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? 'gone' : Number(fields[19])
  } catch {
    return null
  }
}
