import { parseArgs } from 'node:util'
import { log } from '@/lib/log'
import { liveCharged } from './life'

/**
 * `npm run sim:charges`: random lives of subscriptions in the sandbox, in which each charge that a page
 * announces is held against the invoice that is then made. `--runs N` how many, `--seed N` the first seed
 * (alone, it prints that life).
 */
async function main(): Promise<number> {
  log.level = 'silent'
  const { values } = parseArgs({ options: { runs: { type: 'string' }, seed: { type: 'string' } } })
  const runs = Number(values.runs ?? (values.seed ? 1 : 500))
  const first = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31))
  let [compared, wrong] = [0, 0]
  for (let seed = first; seed < first + runs; seed += 1) {
    const life = await liveCharged(seed)
    compared += life.compared
    if (life.wrongs.length > 0) wrong += 1
    if (life.wrongs.length > 0 || runs === 1)
      console.log([`The life of seed ${seed}:`, ...life.story, ...life.wrongs].join('\n  '))
  }
  console.log(
    `${runs} lives from seed ${first}, ${compared} charges compared to the cent: ${wrong} lives went wrong`,
  )
  return wrong > 0 ? 1 : 0
}

process.exitCode = await main()
