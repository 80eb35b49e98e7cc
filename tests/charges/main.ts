import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { tool } from '@/scripts/stack/paths'
import { run } from '@/scripts/stack/run'

/**
 * `npm run sim:charges`: random lifecycles of subscriptions in the sandbox, in which each amount that our pages and
 * emails say is read and held against the invoice that is then made. `--runs N` how many (500), `--seed N` the first
 * seed (alone, it lives that life), `--workers N` in how many processes.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string' },
      seed: { type: 'string' },
      workers: { type: 'string', default: `${availableParallelism()}` },
    },
  })
  const runs = Number(values.runs ?? (values.seed ? 1 : 500))
  const first = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31))
  const began = performance.now()
  const shares = spread(runs, first, Math.min(runs, Number(values.workers)))
  const ended = await Promise.all(shares.map(liveThem))
  const seconds = ((performance.now() - began) / 1_000).toFixed(1)
  const wrong = ended.filter(({ ok }) => !ok)
  for (const { output } of ended) console.log(linesOf(output))
  console.log(
    `${runs} lifecycles from seed ${first} (${seconds} s): ${wrong.length > 0 ? 'some went wrong' : 'every amount is what was charged'}`,
  )
  return wrong.length > 0 ? 1 : 0
}

type Share = { lifecycles: number; seed: number }

function spread(runs: number, first: number, workers: number): Share[] {
  const each = Math.ceil(runs / workers)
  return Array.from({ length: workers }, (_, nth) => ({
    lifecycles: Math.min(each, runs - nth * each),
    seed: first + nth * each,
  })).filter(({ lifecycles }) => lifecycles > 0)
}

// The pages are drawn as a browser gets them, which the conditions of a React server do not let a plain process do.
function liveThem({ lifecycles, seed }: Share) {
  const env = { ...process.env, LIFECYCLES: `${lifecycles}`, FIRST_SEED: `${seed}`, NO_COLOR: '1' }
  return run(tool('vitest/vitest.mjs', 'run', 'tests/charges/lifecycles.db'), env)
}

// What a life has to say, and nothing of how it was run.
function linesOf(output: string): string {
  return output
    .split('\n')
    .filter((line) => /^\d+ lifecycles|^\+ |Error/.test(line))
    .join('\n')
}

process.exitCode = await main()
