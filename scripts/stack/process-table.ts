import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/**
 * The command line of a running process; null when nothing runs under that pid any more.
 * A zombie counts as gone: it holds no port, no lock and no file.
 */
export function commandOf(pid: number): string | null {
  if (process.platform === 'linux') return commandFromProc(pid)
  if (process.platform === 'win32') return commandFromTasklist(pid)
  return commandFromPs(pid)
}

/** Pids whose working directory is `directory`. Empty where the system does not show it. */
export function processesIn(directory: string): number[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && workingDirectory(pid) === directory && commandOf(pid) !== null)
}

/** Everything that a process started, and what that started in turn. */
export function descendantsOf(pid: number): number[] {
  const pairs = process.platform === 'linux' ? parentsFromProc() : parentsFromPs()
  const below = (parent: number): number[] =>
    pairs.filter(([, of]) => of === parent).flatMap(([child]) => [child, ...below(child)])
  return below(pid)
}

function parentsFromProc(): [pid: number, parent: number][] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0)
    .map((pid) => [pid, Number(statFields(pid)?.[1] ?? -1)])
}

function parentsFromPs(): [pid: number, parent: number][] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
  const rows = stdout.trim().split('\n')
  return rows.map((row) => row.trim().split(/\s+/).map(Number)).map(([p = -1, of = -1]) => [p, of])
}

/** State, parent and so on, as /proc shows them. */
function statFields(pid: number): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in parentheses may itself hold spaces and parentheses: what we want follows the last.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return null
  }
}

function commandFromProc(pid: number): string | null {
  try {
    const [state = 'X'] = statFields(pid) ?? []
    if (state === 'Z' || state === 'X') return null
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
  } catch {
    return null
  }
}

function commandFromPs(pid: number): string | null {
  const { stdout } = spawnSync('ps', ['-o', 'state=,command=', '-p', String(pid)], {
    encoding: 'utf8',
  })
  const [, state, command] = /^\s*(\S+)\s+(.*)$/m.exec(stdout ?? '') ?? []
  return state === undefined || command === undefined || state.startsWith('Z') ? null : command
}

function commandFromTasklist(pid: number): string | null {
  const { stdout } = spawnSync('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH'], {
    encoding: 'utf8',
  })
  return /^"([^"]+)"/m.exec(stdout ?? '')?.[1] ?? null
}

function workingDirectory(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return null
  }
}
