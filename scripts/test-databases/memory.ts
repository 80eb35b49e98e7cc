import { mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { commandOf } from '@/scripts/stack/process-table'

/**
 * A new folder in the machine's memory, for data that no one reads again: a database for each test file is
 * five hundred files to make and to remove, which on a disk is a tenth of what the tests take.
 * Null where the system has no such place, or too little room in it.
 */
export function memoryFolder(place = PLACE): string | null {
  try {
    removeLeftovers(place)
    const { type, bsize, bavail } = statfsSync(place)
    if (type !== TMPFS || bavail * bsize < ROOM) return null
    return mkdtempSync(join(place, `${PREFIX}${process.pid}-`))
  } catch {
    return null
  }
}

// Linux has it; containers often with no more than 64 MB.
const PLACE = '/dev/shm'

// The kernel's number for a file system that is memory (linux/magic.h).
const TMPFS = 0x01021994

// A run has taken up to 300 MB; twice that for another one beside it, and some for others that are there.
const ROOM = 1024 ** 3

const PREFIX = 'ledgerline-tests-'

/** What runs left that were killed. Another user's is theirs to remove. */
function removeLeftovers(place: string): void {
  for (const name of readdirSync(place)) {
    const [, pid] = new RegExp(`^${PREFIX}(\\d+)-`).exec(name) ?? []
    if (pid === undefined || commandOf(Number(pid)) !== null) continue
    try {
      rmSync(join(place, name), { recursive: true, force: true })
    } catch {}
  }
}
