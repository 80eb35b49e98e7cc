import { parseArgs } from 'node:util'
import { withDatabases } from '@/tests/simulation/postgres/databases'
import { deaths, reckon, rush } from './proofs'

/**
 * `npm run test:usage`: uses that meet at a limit, processes that die between reserving and committing, and
 * random histories against a reckoning on paper, over two processes and a real Postgres.
 * `--rounds N` rushes (20), `--uses N` in each (1000), `--limit N` (100), `--deaths N` (20),
 * `--histories N` (10000), `--seed N`.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    uses: { type: 'string', default: '1000' },
    limit: { type: 'string', default: '100' },
    deaths: { type: 'string', default: '20' },
    histories: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
  },
})
const [rounds, uses, limit] = [values.rounds, values.uses, values.limit].map(Number)
const kills = Number(values.deaths)
const runs = Number(values.histories)

process.exitCode = await withDatabases(1, async ([env]) => {
  if (!env || !rounds || !uses || !limit)
    throw new Error('Rounds, uses and limit are numbers from 1.')
  const proofs: [what: string, prove: () => Promise<string[]>][] = [
    [
      `${rounds} rushes of ${uses} at a limit of ${limit}`,
      () => rush(env, { rounds, uses, limit }),
    ],
    [`${kills} deaths between reserving and committing`, () => deaths(env, kills)],
    [`${runs} histories as on paper`, () => reckon(env, runs, Number(values.seed))],
  ]
  let failed = 0
  for (const [what, prove] of proofs) {
    const began = performance.now()
    const wrong = await prove()
    if (wrong.length > 0) failed += 1
    const seconds = ((performance.now() - began) / 1_000).toFixed(1)
    console.log(`${wrong.length > 0 ? '✗' : '✓'} ${what} (${seconds} s)`)
    for (const line of wrong.slice(0, 10)) console.log(`    ${line}`)
  }
  return failed === 0 ? 0 : 1
})
