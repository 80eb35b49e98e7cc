import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { log } from '@/lib/log'
import { history } from './sim/history'

/**
 * `npm run sim`: tells random histories of one customer under faults, and stops at the first that
 * ends wrong. `--runs N` how many, `--seed N` the first seed; a seed alone replays its history.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { runs: { type: 'string', default: '10000' }, seed: { type: 'string' } },
  })
  log.level = 'silent'
  const first = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31))
  const runs =
    values.seed && process.argv.every((arg) => !arg.startsWith('--runs')) ? 1 : Number(values.runs)
  const began = performance.now()
  for (let seed = first; seed < first + runs; seed += 1) {
    const wrong = await history(seed)
    if (wrong.length > 0) {
      console.log(`Seed ${seed} ends wrong:\n${wrong.map((line) => `  ${line}`).join('\n')}`)
      console.log(`Replay it: npm run sim -- --seed ${seed}`)
      return 1
    }
  }
  const seconds = (performance.now() - began) / 1000
  const rate = Math.round(runs / seconds)
  console.log(
    `${runs} histories from seed ${first}: 0 violations (${seconds.toFixed(1)} s, ${rate} a second, one of ${availableParallelism()} cores)`,
  )
  return 0
}

process.exitCode = await main()
