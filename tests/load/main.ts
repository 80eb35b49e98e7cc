import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureBuild } from '@/scripts/e2e/build'
import { type Lock, takeLock } from '@/scripts/stack/lock'
import { dataPath, ROOT } from '@/scripts/stack/paths'
import { createStack } from '@/scripts/stack/stack'
import { inNumbers, judge } from './judge'
import { burst } from './run'

/**
 * `npm run test:burst`: ten thousand events at once over a thousand customers, then over one,
 * against the production build. `--customers N`, `--each N` events of each, `--hot N` of the one.
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
      customers: { type: 'string', default: '1000' },
      each: { type: 'string', default: '10' },
      hot: { type: 'string', default: '10000' },
    },
  })
  lock = takeLock(dataPath('burst.json'), 'tests/load/main.ts', ({ pid }) => {
    return `A burst is under way in this checkout (process ${pid}). Wait for its end.`
  })
  await ensureBuild()
  const began = performance.now()
  const [customers, each, hot] = [values.customers, values.each, values.hot].map(Number)
  const options = { customers: customers ?? 0, each: each ?? 0, hot: hot ?? 0 }
  const result = await Promise.race([burst(stack, options), stack.ended])
  if (typeof result === 'string') throw new Error(result)

  const checks = judge(result)
  for (const { name, holds, detail } of checks) {
    console.log(`${holds ? '✓' : '✗'} ${name}\n      ${detail}`)
  }
  console.log(inNumbers(result.many))
  console.log(inNumbers(result.one))
  const failed = checks.filter(({ holds }) => !holds).length
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(`${checks.length - failed} passed, ${failed} failed (burst, ${seconds} s)`)
  const file = join(ROOT, '.cache', 'burst.json')
  mkdirSync(dirname(file), { recursive: true })
  const counts = { numPassedTests: checks.length - failed, numFailedTests: failed }
  writeFileSync(file, JSON.stringify(counts))
  return failed === 0 ? 0 : 1
}
