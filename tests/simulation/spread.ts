import { fork } from 'node:child_process'
import { join } from 'node:path'
import { FOR_SERVERS, ROOT, RUNNER } from '@/scripts/stack/paths'
import type { Guards } from './guards'
import { type Counted, Tally } from './tally'

export type Wrong = { seed: number; lines: string[] }
export type Part = { first: number; runs: number; without: keyof Guards | null; week: boolean }

/** What a part was like: the first history that ended wrong, and the faults of all. */
export type PartResult = { wrong: Wrong | null; counted: Counted }

/** The message to a worker that nothing is left. */
export const END = 'end'

/** What plays the histories: in memory, or in memory and in the Postgres of its environment. */
export type WorkerFile = 'tests/simulation/worker.ts' | 'tests/simulation/postgres/worker.ts'

type Spread = Part & { workerFile: WorkerFile; environments: NodeJS.ProcessEnv[] }

// Some tenths of a second each: small enough that all cores end together.
const PART = { 'tests/simulation/worker.ts': 500, 'tests/simulation/postgres/worker.ts': 10 }

/**
 * Plays `runs` histories from seed `first`, spread over one process for each environment. A history
 * depends on its seed alone, so the number of processes changes nothing but the time.
 * @returns the lowest seed that ended wrong among those that were played, if one did, and every fault that occurred
 */
export async function spread({
  first,
  runs,
  workerFile,
  environments,
  ...how
}: Spread): Promise<{ wrong: Wrong | null; tally: Tally }> {
  const found: Wrong[] = []
  const tally = new Tally()
  let next = first
  const part = (): Part | null => {
    if (found.length > 0 || next >= first + runs) return null
    const from = next
    next += PART[workerFile]
    return { first: from, runs: Math.min(PART[workerFile], first + runs - from), ...how }
  }
  const hear = ({ wrong, counted }: PartResult) => {
    if (wrong) found.push(wrong)
    tally.merge(counted)
  }
  await Promise.all(environments.map((env) => work(workerFile, env, part, hear)))
  return { wrong: found.toSorted((a, b) => a.seed - b.seed)[0] ?? null, tally }
}

function work(
  workerFile: WorkerFile,
  env: NodeJS.ProcessEnv,
  part: () => Part | null,
  hear: (result: PartResult) => void,
): Promise<void> {
  const first = part()
  if (!first) return Promise.resolve()
  // Processes, because threads do not inherit the loader that reads TypeScript.
  const worker = fork(RUNNER, [join(ROOT, workerFile)], { env, execArgv: EXEC_ARGV })
  return new Promise((resolve, reject) => {
    worker.once('error', reject)
    worker.once('exit', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`A worker of the simulator ended with ${code}.`))
    })
    worker.on('message', (result: PartResult) => {
      hear(result)
      worker.send(part() ?? END)
    })
    worker.send(first)
  })
}

const EXEC_ARGV = [
  FOR_SERVERS,
  // Megabytes. Histories are short-lived garbage: a larger nursery is emptied less often.
  '--max-semi-space-size=32',
  // There is a process for each core already: a collector's own threads would only compete with them.
  '--single-threaded-gc',
]
