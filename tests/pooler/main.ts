import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureBuild } from '@/scripts/e2e/build'
import { type Lock, takeLock } from '@/scripts/stack/lock'
import { dataPath, ROOT } from '@/scripts/stack/paths'
import { createStack } from '@/scripts/stack/stack'
import { bringUpBase } from '@/tests/harness/environment'
import { inNumbers, judge } from './judge'
import { findPgBouncer } from './pgbouncer'
import { type Run, runBehind, type Setup, type Story } from './run'

/**
 * `npm run test:pooler`: two thousand webhooks, sign-in and purchases behind poolers that behave as
 * PgBouncer 1.18 and 1.25 do, and behind the PgBouncer of this machine where there is one, with one,
 * three and ten backends, while connections are cut and frozen. `--events N` of each, `--rounds N` faults,
 * `--sizes 1,3,10`, `--slice` for a few seconds of it, `--real` only behind the PgBouncer of this machine.
 */
const stack = createStack()
let lock: Lock | undefined
const asked = new Promise<number>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => resolve(1))
})

const code = await Promise.race([asked, main()]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  return 1
})
await stack.stop()
lock?.release()
process.exit(code)

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      events: { type: 'string', default: '2000' },
      rounds: { type: 'string', default: '10' },
      sizes: { type: 'string', default: '1,3,10' },
      slice: { type: 'boolean', default: false },
      real: { type: 'boolean', default: false },
    },
  })
  lock = takeLock(dataPath('pooler.json'), 'tests/pooler/main.ts', ({ pid }) => {
    return `A run behind poolers is under way in this checkout (process ${pid}). Wait for its end.`
  })
  await ensureBuild()
  const began = performance.now()
  const base = await bringUpBase(stack, 'pooler')
  const story: Story = { base, people: [], sent: new Map(), acknowledged: new Set() }
  const size = values.slice
    ? { events: 200, rounds: 2, visitors: 1 }
    : { events: Number(values.events), rounds: Number(values.rounds), visitors: 5 }
  const runs: Run[] = []
  for (const setup of setups(values)) {
    const run = await Promise.race([runBehind(stack, story, setup, size), stack.ended])
    if (typeof run === 'string') throw new Error(run)
    console.log(inNumbers(run))
    runs.push(run)
  }
  const checks = judge(runs)
  for (const { name, holds, detail } of checks) {
    console.log(`${holds ? '✓' : '✗'} ${name}\n      ${detail}`)
  }
  const failed = checks.filter(({ holds }) => !holds).length
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(`${checks.length - failed} passed, ${failed} failed (poolers, ${seconds} s)`)
  const file = join(ROOT, '.cache', 'pooler.json')
  mkdirSync(dirname(file), { recursive: true })
  const counts = { numPassedTests: checks.length - failed, numFailedTests: failed }
  writeFileSync(file, JSON.stringify(counts))
  return failed === 0 ? 0 : 1
}

type Values = { slice: boolean; sizes: string; real: boolean }

function setups({ slice, sizes, real: onlyReal }: Values): Setup[] {
  if (slice) return [{ kind: '1.18', size: 3 }]
  const real = findPgBouncer()
  if (!real) console.log('No PgBouncer is installed here: it runs behind what behaves as one.')
  const models = onlyReal ? [] : (['1.18', '1.25'] as const)
  const kinds = [...models, ...(real ? [real] : [])]
  return kinds.flatMap((kind) => sizes.split(',').map((size) => ({ kind, size: Number(size) })))
}
