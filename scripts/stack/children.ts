import { type ChildProcess, spawn } from 'node:child_process'

export type Exit = { code: number | null; signal: NodeJS.Signals | null }

export type Child = {
  pid: number
  process: ChildProcess
  exited: Promise<Exit>
  /** True once `exited` has resolved. */
  readonly gone: boolean
  /** Asks it to stop, insists after `graceMs`; resolves when it and all it started are gone. */
  stop(): Promise<void>
}

export type ChildOptions = {
  command: readonly [string, ...string[]]
  cwd: string
  env?: NodeJS.ProcessEnv
  /** A file descriptor that takes both streams, or `pipe` to read `process.stdout` here. */
  output: number | 'pipe' | 'inherit'
  stopSignal?: NodeJS.Signals
  graceMs?: number
  identity?: { uid: number; gid: number } | undefined
}

/**
 * Starts a process that cannot outlive us. It leads its own process group, so that Ctrl-C in
 * the terminal reaches only us and we stop the parts in order; and a small watcher in that
 * group waits on a pipe from us, so that even `kill -9` of this process ends it.
 */
export function startChild(options: ChildOptions): Child {
  const { stopSignal = 'SIGTERM', graceMs = 8_000, output } = options
  const started = spawn(...watched(options.command, stopSignal, graceMs), {
    cwd: options.cwd,
    env: options.env ?? process.env,
    detached: hasShell,
    stdio: ['ignore', output, output, hasShell ? 'pipe' : 'ignore'],
    ...options.identity,
  })
  // The watcher may die first; a broken pipe to it is no news.
  started.stdio[3]?.on('error', () => {})
  let gone = false
  const exited = new Promise<Exit>((resolve, reject) => {
    started.once('error', reject)
    started.once('exit', (code, signal) => resolve({ code, signal }))
  }).finally(() => {
    gone = true
    signalGroup(started, 'SIGKILL')
  })
  exited.catch(() => {})
  return {
    pid: started.pid ?? -1,
    process: started,
    exited,
    get gone() {
      return gone
    },
    async stop() {
      const insist = setTimeout(() => signalGroup(started, 'SIGKILL'), graceMs)
      if (!gone) started.kill(stopSignal)
      await exited.catch(() => {})
      clearTimeout(insist)
    },
  }
}

/** A sentence's end for an exit: `exited with code 1`, `was killed by SIGKILL`. */
export function describeExit({ code, signal }: Exit): string {
  return signal === null ? `exited with code ${code}` : `was killed by ${signal}`
}

const hasShell = process.platform !== 'win32'

// The read ends when our end of the pipe closes. `$$` is the process that `exec` becomes.
const WATCHER = `
stop=$1 grace=$2; shift 2
( read -r _ <&3
  kill -s "$stop" $$
  while kill -0 $$ && [ "$grace" -gt 0 ]; do sleep 1; grace=$((grace - 1)); done
  kill -KILL 0 ) >/dev/null 2>&1 &
exec "$@" 3<&-`

function watched(
  [file, ...args]: ChildOptions['command'],
  stopSignal: NodeJS.Signals,
  graceMs: number,
): [string, string[]] {
  if (!hasShell) return [file, args]
  const grace = String(Math.ceil(graceMs / 1_000))
  return ['sh', ['-c', WATCHER, 'sh', stopSignal.replace('SIG', ''), grace, file, ...args]]
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals) {
  if (pid === undefined) return
  try {
    process.kill(hasShell ? -pid : pid, signal)
  } catch {
    // ESRCH: no process is left in the group, which is what we want.
  }
}
