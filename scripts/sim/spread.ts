import { fork } from 'node:child_process'
import { join } from 'node:path'
import { ROOT } from '@/scripts/stack/paths'
import type { Guards } from './guards'

export type Wrong = { seed: number; lines: string[] }
export type Part = { first: number; runs: number; without: keyof Guards | null }

/** Tells a worker that nothing is left. */
export const END = 'end'

/** What tells the histories: in memory, or in memory and in the Postgres of its environment. */
export type Teller = 'scripts/sim/worker.ts' | 'scripts/sim/postgres/worker.ts'

type Spread = Part & { teller: Teller; environments: NodeJS.ProcessEnv[] }

// Some tenths of a second each: small enough that all cores end together.
const PART = { 'scripts/sim/worker.ts': 500, 'scripts/sim/postgres/worker.ts': 10 }

/**
 * Tells `runs` histories from seed `first`, spread over one process for each environment. A history
 * depends on its seed alone, so the number of processes changes nothing but the time.
 * @returns the lowest seed that ended wrong among those that were told; null when none did
 */
export async function spread({
  first,
  runs,
  without,
  teller,
  environments,
}: Spread): Promise<Wrong | null> {
  const found: Wrong[] = []
  let next = first
  const part = (): Part | null => {
    if (found.length > 0 || next >= first + runs) return null
    const from = next
    next += PART[teller]
    return { first: from, runs: Math.min(PART[teller], first + runs - from), without }
  }
  await Promise.all(environments.map((env) => work(teller, env, part, found)))
  return found.toSorted((a, b) => a.seed - b.seed)[0] ?? null
}

function work(
  teller: Teller,
  env: NodeJS.ProcessEnv,
  part: () => Part | null,
  found: Wrong[],
): Promise<void> {
  const first = part()
  if (!first) return Promise.resolve()
  // Processes, because threads do not inherit the loader that reads TypeScript.
  const worker = fork(join(ROOT, teller), { env, execArgv: EXEC_ARGV })
  return new Promise((resolve, reject) => {
    worker.once('error', reject)
    worker.once('exit', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`A worker of the simulator ended with ${code}.`))
    })
    worker.on('message', (wrong: Wrong | null) => {
      if (wrong) found.push(wrong)
      worker.send(part() ?? END)
    })
    worker.send(first)
  })
}

const EXEC_ARGV = [
  ...['--conditions=react-server', '--import', 'tsx'],
  // Megabytes. Histories are short-lived garbage: a larger nursery is emptied less often.
  '--max-semi-space-size=32',
  // There is a process for each core already: a collector's own threads would only compete with them.
  '--single-threaded-gc',
]
