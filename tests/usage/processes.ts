import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { FOR_SERVERS, ROOT, RUNNER } from '@/scripts/stack/paths'
import type { Order, Report } from './orders'

/** A process that counts uses. */
export type User = {
  order(order: Order): void
  /** The next report of this kind, or the `times`th; null when it ends before. */
  hear<Word extends Report['kind']>(
    word: Word,
    times?: number,
  ): Promise<Extract<Report, { kind: Word }> | null>
  /** As `kill -9`: at whatever instruction it is. */
  kill(): Promise<void>
  end(): Promise<void>
}

/** Starts one, with a database in its environment. */
export async function startUser(env: NodeJS.ProcessEnv): Promise<User> {
  const child = fork(RUNNER, [join(ROOT, 'tests/usage/worker.ts')], {
    env,
    execArgv: [FOR_SERVERS],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const user: User = {
    order: (order) => void child.send(order),
    hear: (word, times = 1) => hear(child, ended, { word, times }),
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
    async end() {
      if (child.connected) child.send({ do: 'end' } satisfies Order)
      await ended
    },
  }
  if (!(await user.hear('ready'))) throw new Error('A process ended before it began.')
  return user
}

function hear<Word extends Report['kind']>(
  child: ChildProcess,
  ended: Promise<void>,
  { word, times }: { word: Word; times: number },
): Promise<Extract<Report, { kind: Word }> | null> {
  return new Promise((resolve) => {
    let left = times
    const listen = (report: Report) => {
      if (!isOf(report, word)) return
      left -= 1
      if (left > 0) return
      child.off('message', listen)
      resolve(report)
    }
    child.on('message', listen)
    void ended.then(() => resolve(null))
  })
}

function isOf<Word extends Report['kind']>(
  report: Report,
  word: Word,
): report is Extract<Report, { kind: Word }> {
  return report.kind === word
}
