import { fork } from 'node:child_process'
import { join } from 'node:path'
import { FOR_SERVERS, ROOT, RUNNER } from '@/scripts/stack/paths'
import type { Rule } from './rules'

export type Part = { first: number; runs: number; rule: Rule | null }

/** `wrong`: the seeds of the lifecycles that ended wrong. `looks`: how often access was compared. */
export type Lived = { wrong: number[]; lifecycles: number; looks: number }

/** The message to a worker that nothing is left. */
export const END = 'end'

// A second or two each: small enough that all cores end together.
const PART = 50
const WORKER = join(ROOT, 'tests/money/worker.ts')

/** Lives `runs` lifecycles from seed `first` in so many processes. All of them, however many end wrong. */
export async function spread({ first, runs, rule }: Part, workers: number): Promise<Lived> {
  const all: Lived = { wrong: [], lifecycles: 0, looks: 0 }
  let next = first
  const part = (): Part | null => {
    if (next >= first + runs) return null
    const from = next
    next += PART
    return { first: from, runs: Math.min(PART, first + runs - from), rule }
  }
  const hear = ({ wrong, lifecycles, looks }: Lived) => {
    all.wrong.push(...wrong)
    all.lifecycles += lifecycles
    all.looks += looks
  }
  await Promise.all(Array.from({ length: workers }, () => work(part, hear)))
  return { ...all, wrong: all.wrong.toSorted((a, b) => a - b) }
}

function work(part: () => Part | null, hear: (lived: Lived) => void): Promise<void> {
  const first = part()
  if (!first) return Promise.resolve()
  const worker = fork(RUNNER, [WORKER], { execArgv: [FOR_SERVERS] })
  return new Promise((resolve, reject) => {
    worker.once('error', reject)
    worker.once('exit', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`A worker of the lifecycles ended with ${code}.`))
    })
    worker.on('message', (lived: Lived) => {
      hear(lived)
      worker.send(part() ?? END)
    })
    worker.send(first)
  })
}
