import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { ALL_GUARDS, type Guards, isGuard } from './sim/guards'
import { spread } from './sim/spread'

/**
 * `npm run sim`: tells random histories of one user under faults, and stops at the first that ends
 * wrong. `--runs N` how many, `--seed N` the first seed (alone, it replays its history), `--workers N`
 * in how many processes, `--without GUARD` with one guard of scripts/sim/guards.ts off.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string' },
      seed: { type: 'string' },
      workers: { type: 'string', default: `${availableParallelism()}` },
      without: { type: 'string' },
    },
  })
  const runs = Number(values.runs ?? (values.seed ? 1 : 10_000))
  const first = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31))
  const without = guardOf(values.without)
  const workers = Number(values.workers)
  const began = performance.now()
  const wrong = await spread({ first, runs, without }, workers)
  if (wrong) {
    const replay = `npm run sim -- --seed ${wrong.seed}${without ? ` --without ${without}` : ''}`
    console.log(
      `Seed ${wrong.seed} ends wrong:\n${wrong.lines.map((line) => `  ${line}`).join('\n')}`,
    )
    console.log(`Replay it: ${replay}`)
    return 1
  }
  const seconds = (performance.now() - began) / 1_000
  const rate = Math.round(runs / seconds)
  console.log(
    `${runs} histories from seed ${first}: 0 violations (${seconds.toFixed(1)} s, ${rate} a second by ${workers} workers)`,
  )
  return 0
}

function guardOf(name: string | undefined): keyof Guards | null {
  if (name === undefined || isGuard(name)) return name ?? null
  throw new Error(`There is no guard ${name}. There are: ${Object.keys(ALL_GUARDS).join(', ')}.`)
}

process.exitCode = await main()
