import { fork } from 'node:child_process'
import { join } from 'node:path'
import { ROOT } from '@/scripts/stack/paths'
import type { Guards } from './guards'

export type Wrong = { seed: number; lines: string[] }
export type Part = { first: number; runs: number; without: keyof Guards | null }

// Some tenths of a second each: small enough that all cores end together.
const PART = 500

/**
 * Tells `runs` histories from seed `first`, spread over worker processes. A history depends on its seed
 * alone, so the number of workers changes nothing but the time.
 * @returns the lowest seed that ended wrong among those that were told; null when none did
 */
export async function spread(
  { first, runs, without }: Part,
  workers: number,
): Promise<Wrong | null> {
  const found: Wrong[] = []
  let next = first
  const part = (): Part | null => {
    if (found.length > 0 || next >= first + runs) return null
    const from = next
    next += PART
    return { first: from, runs: Math.min(PART, first + runs - from), without }
  }
  await Promise.all(Array.from({ length: workers }, () => work(part, found)))
  return found.toSorted((a, b) => a.seed - b.seed)[0] ?? null
}

function work(part: () => Part | null, found: Wrong[]): Promise<void> {
  const first = part()
  if (!first) return Promise.resolve()
  // Processes, because threads do not inherit the loader that reads TypeScript.
  const worker = fork(join(ROOT, 'scripts/sim/worker.ts'), { execArgv: EXEC_ARGV })
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

/** Tells a worker that nothing is left. */
export const END = 'end'
const EXEC_ARGV = [
  ...['--conditions=react-server', '--import', 'tsx'],
  // Megabytes. Histories are short-lived garbage: a larger nursery is emptied less often.
  '--max-semi-space-size=32',
]
