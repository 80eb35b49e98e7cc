import { parseArgs } from 'node:util'
import { ensureBuild } from '@/scripts/e2e/build'
import { prove } from '@/scripts/proof/prove'
import type { Stack } from '@/scripts/stack/stack'
import type { Counts } from '@/scripts/test/counts'
import { bringUpBase } from '@/tests/harness/environment'
import { printChecks } from '@/tests/harness/print-checks'
import { besideIt } from './beside-it'
import { inNumbers, judge } from './judge'
import { findPgBouncer } from './pgbouncer'
import { type Run, runBehind, type Setup, storyOf } from './run'

/**
 * `npm run test:pooler`: two thousand webhooks, sign-in and purchases behind poolers that behave as
 * PgBouncer 1.18 and 1.25 do, and behind the PgBouncer of this machine where there is one, with one,
 * three and ten backends, while connections are cut and frozen; behind the latter also in a schema beside
 * other tables. `--events N` of each, `--rounds N` faults, `--sizes 1,3,10`, `--slice` for a few seconds of it,
 * `--real` only behind the PgBouncer of this machine.
 */
process.exit(
  await prove({
    name: 'pooler',
    program: 'tests/pooler/main.ts',
    underWay: 'A run behind poolers is under way',
    work: behindPoolers,
  }),
)

async function behindPoolers(stack: Stack): Promise<Counts> {
  const { values } = parseArgs({
    options: {
      events: { type: 'string', default: '2000' },
      rounds: { type: 'string', default: '10' },
      sizes: { type: 'string', default: '1,3,10' },
      slice: { type: 'boolean', default: false },
      real: { type: 'boolean', default: false },
    },
  })
  await ensureBuild()
  const began = performance.now()
  const all = setups(values)
  const story = storyOf(await bringUpBase(stack, 'pooler'))
  // With a Stripe of its own: what each has is compared with all that its Stripe has.
  const beside = all.some((setup) => setup.beside)
    ? await besideIt(await bringUpBase(stack, 'pooler-beside'))
    : story
  const size = values.slice
    ? { events: 200, rounds: 2, visitors: 1 }
    : { events: Number(values.events), rounds: Number(values.rounds), visitors: 5 }
  const runs: Run[] = []
  for (const setup of all) {
    const run = await runBehind(stack, setup.beside ? beside : story, setup, size)
    console.log(inNumbers(run))
    runs.push(run)
  }
  const counts = printChecks(judge(runs))
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(`${counts.passed} passed, ${counts.failed} failed (poolers, ${seconds} s)`)
  return counts
}

type Values = { slice: boolean; sizes: string; real: boolean }

function setups({ slice, sizes, real: onlyReal }: Values): Setup[] {
  const real = findPgBouncer()
  const beside = (['refused', 'ignored'] as const).flatMap((beside) =>
    real ? [{ kind: real, size: 3, beside }] : [],
  )
  if (slice && !onlyReal) return [{ kind: '1.18', size: 3 }, ...beside.slice(0, 1)]
  if (!real) console.log('No PgBouncer is installed here: it runs behind what behaves as one.')
  const models = onlyReal ? [] : (['1.18', '1.25'] as const)
  const kinds = [...models, ...(real ? [real] : [])]
  return [
    ...kinds.flatMap((kind) => sizes.split(',').map((size) => ({ kind, size: Number(size) }))),
    ...beside,
  ]
}
