import { parseArgs } from 'node:util'
import { ensureBuild } from '@/scripts/e2e/build'
import { prove } from '@/scripts/proof/prove'
import type { Stack } from '@/scripts/stack/stack'
import type { Counts } from '@/scripts/test/counts'
import { printChecks } from '@/tests/harness/print-checks'
import { inNumbers, judge } from './judge'
import { burst } from './run'

/**
 * `npm run test:burst`: ten thousand events at once over a thousand customers, then over one,
 * against the production build. `--customers N`, `--each N` events of each, `--hot N` of the one.
 */
process.exit(
  await prove({
    name: 'burst',
    program: 'tests/load/main.ts',
    underWay: 'A burst is under way',
    work: bursts,
  }),
)

async function bursts(stack: Stack): Promise<Counts> {
  const { values } = parseArgs({
    options: {
      customers: { type: 'string', default: '1000' },
      each: { type: 'string', default: '10' },
      hot: { type: 'string', default: '10000' },
    },
  })
  await ensureBuild()
  const began = performance.now()
  const [customers, each, hot] = [values.customers, values.each, values.hot].map(Number)
  const options = { customers: customers ?? 0, each: each ?? 0, hot: hot ?? 0 }
  const result = await burst(stack, options)
  const counts = printChecks(judge(result))
  console.log(inNumbers(result.many))
  console.log(inNumbers(result.one))
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(`${counts.passed} passed, ${counts.failed} failed (burst, ${seconds} s)`)
  return counts
}
