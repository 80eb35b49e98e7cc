import { existsSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { commandOf, processesIn } from '@/scripts/stack/process-table'

export type Postmaster = { pid: number; port: number; ready: boolean }

/**
 * The server that runs on this data directory, or null. PostgreSQL trusts any live pid in
 * `postmaster.pid`; a zombie and another program that got the pid later would keep it from starting
 * for ever, so a file that names one of them is removed here.
 */
export async function findPostmaster(directory: string): Promise<Postmaster | null> {
  if (!existsSync(directory)) return null
  // The server was started with the real path, and the caller may know it by another.
  const data = realpathSync(directory)
  const file = join(data, 'postmaster.pid')
  const found = readPidFile(file)
  if (found === null) return null
  if (isPostmasterOf(data, commandOf(found.pid))) return found
  await outlastOrphans(data)
  rmSync(file, { force: true })
  return null
}

/** Null when there is no file, or it is not written yet. */
function readPidFile(file: string): Postmaster | null {
  try {
    // One fact a line: pid, data directory, start time, port, socket directory, address, shm, status.
    const lines = readFileSync(file, 'utf8').split('\n')
    const pid = Number(lines[0])
    if (!Number.isInteger(pid) || pid <= 0) return null
    return { pid, port: Number(lines[3] ?? Number.NaN), ready: lines[7]?.trim() === 'ready' }
  } catch {
    return null
  }
}

function isPostmasterOf(data: string, command: string | null): boolean {
  if (command === null) return false
  // Windows shows only the name of the program.
  return (
    command.includes(`-D ${data} `) || (process.platform === 'win32' && /postgres/i.test(command))
  )
}

/** Backends see by themselves that their postmaster died; two servers on one directory would destroy it. */
async function outlastOrphans(data: string) {
  const deadline = Date.now() + 5_000
  while (processesIn(data).length > 0) {
    if (Date.now() > deadline) for (const pid of processesIn(data)) process.kill(pid, 'SIGKILL')
    await wait(20)
  }
}
