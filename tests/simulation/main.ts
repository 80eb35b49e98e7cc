import { availableParallelism, setPriority } from 'node:os'
import { parseArgs } from 'node:util'
import { log } from '@/lib/log'
import { exhaustive } from './exhaustive'
import { ALL_GUARDS, type Guards, isGuard, without } from './guards'
import { withDatabases } from './postgres/databases'
import { type Part, spread } from './spread'
import { FAULT_NAMES, FAULTS, type Tally } from './tally'

/**
 * `npm run sim`: plays random histories of one workspace under faults, and stops at the first that ends
 * wrong. `--runs N` how many, `--seed N` the first seed (alone, it replays its history), `--workers N`
 * in how many processes, `--postgres` to hold the real SQL against the ledger in memory,
 * `--week` to make each history a week with a fifth of its webhooks lost for good, `--exhaustive` to
 * play one life in every order with a crash at every step instead, `--without GUARD` with one guard of
 * tests/simulation/guards.ts off. `--tally` counts the faults. `--humble` lets others have the processor first.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string' },
      seed: { type: 'string' },
      workers: { type: 'string', default: `${availableParallelism()}` },
      postgres: { type: 'boolean', default: false },
      week: { type: 'boolean', default: false },
      tally: { type: 'boolean', default: false },
      exhaustive: { type: 'boolean', default: false },
      without: { type: 'string' },
      humble: { type: 'boolean', default: false },
    },
  })
  const { postgres, week } = values
  // Its workers are begun with the same priority. Ten is the default of `nice`.
  if (values.humble) setPriority(10)
  if (values.exhaustive) return everyOrder(guardOf(values.without))
  const usual = postgres || week ? 1_000 : 10_000
  const runs = Number(values.runs ?? (values.seed ? 1 : usual))
  const first = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31))
  const guard = guardOf(values.without)
  const workers = Number(values.workers)
  const began = performance.now()
  const { wrong, tally } = await play({ first, runs, without: guard, week }, workers, postgres)
  if (values.tally) show(tally)
  if (wrong) {
    const how = `${postgres ? ' --postgres' : ''}${week ? ' --week' : ''}${guard ? ` --without ${guard}` : ''}`
    const lines = wrong.lines.map((line) => `  ${line}`).join('\n')
    console.log(`Seed ${wrong.seed} ends wrong:\n${lines}`)
    console.log(`Replay it: npm run sim -- --seed ${wrong.seed}${how}`)
    return 1
  }
  const seconds = (performance.now() - began) / 1_000
  const found = postgres ? '0 differences between Postgres and memory' : '0 violations'
  const speed = `${seconds.toFixed(1)} s, ${Math.round(runs / seconds)} a second by ${workers} workers`
  console.log(`${runs} ${week ? 'weeks' : 'histories'} from seed ${first}: ${found} (${speed})`)
  return 0
}

async function everyOrder(guard: keyof Guards | null): Promise<number> {
  log.level = 'silent'
  const { played, wrong } = await exhaustive({ guards: without(guard) })
  for (const line of wrong) console.log(line)
  console.log(
    `${played} orders and crashes: ${wrong.length > 0 ? 'one ends wrong' : '0 violations'}`,
  )
  return wrong.length > 0 ? 1 : 0
}

function show({ times, histories }: Tally): void {
  for (const fault of FAULT_NAMES) {
    const [n, of] = [times, histories].map((each) => `${each.get(fault) ?? 0}`.padStart(9))
    console.log(`${n} times, in ${of} histories: ${FAULTS[fault]}`)
  }
}

function play(histories: Part, workers: number, postgres: boolean) {
  if (postgres) {
    const workerFile = 'tests/simulation/postgres/worker.ts'
    return withDatabases(workers, (environments) =>
      spread({ ...histories, workerFile, environments }),
    )
  }
  const environments = Array.from({ length: workers }, () => process.env)
  return spread({ ...histories, workerFile: 'tests/simulation/worker.ts', environments })
}

function guardOf(name: string | undefined): keyof Guards | null {
  if (name === undefined || isGuard(name)) return name ?? null
  throw new Error(`There is no guard ${name}. There are: ${Object.keys(ALL_GUARDS).join(', ')}.`)
}

process.exitCode = await main()
