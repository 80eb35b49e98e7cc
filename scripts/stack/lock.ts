import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { commandOf } from './process-table'

export type Lock = { note(url: string): void; release(): void }

/**
 * Takes a place that only one process may have, such as that of `npm run dev` in a checkout:
 * Next locks its build directory, and two of us would share a database. A lock whose owner died
 * is taken over.
 * @param program what the owner's command line holds, to distinguish it from another program with its pid
 * @throws what `refuse` says about the owner
 */
export function takeLock(file: string, program: string, refuse: (owner: Owner) => string): Lock {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  for (;;) {
    if (create(file)) break
    const owner = readOwner(file)
    if (owner && runs(owner.pid, program)) throw new Error(refuse(owner))
    rmSync(file, { force: true })
  }
  return {
    note: (url) => writeFileSync(file, JSON.stringify({ pid: process.pid, url })),
    release: () => rmSync(file, { force: true }),
  }
}

export type Owner = { pid: number; url?: string }

function create(file: string): boolean {
  try {
    writeFileSync(file, JSON.stringify({ pid: process.pid }), { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function readOwner(file: string): Owner | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

// Windows shows only the name of a program.
function runs(pid: number, program: string): boolean {
  const command = commandOf(pid)
  if (pid === process.pid || command === null) return false
  return process.platform === 'win32' || command.includes(program)
}
