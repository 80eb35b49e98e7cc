import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureBuild } from '@/scripts/e2e/build'
import { type Lock, takeLock } from '@/scripts/stack/lock'
import { dataPath, ROOT } from '@/scripts/stack/paths'
import { createStack } from '@/scripts/stack/stack'
import { POINTS } from './crash-points'
import { killEverywhere, type Result } from './run'

/**
 * `npm run test:kill`: kill -9 at every step of the event path, against the production build.
 * `--rounds N` deaths at each point (3), `--servers N` at work at the same time (4).
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
      rounds: { type: 'string', default: '3' },
      servers: { type: 'string', default: '4' },
    },
  })
  const options = { rounds: Number(values.rounds), servers: Number(values.servers) }
  lock = takeLock(dataPath('kill.json'), 'tests/crash/main.ts', ({ pid }) => {
    return `Servers are being killed in this checkout already (process ${pid}). Wait for its end.`
  })
  await ensureBuild()
  const began = performance.now()
  const result = await Promise.race([killEverywhere(stack, options), stack.ended])
  if (typeof result === 'string') throw new Error(result)
  return report(result, (performance.now() - began) / 1_000)
}

function report({ deaths, wrong, facts }: Result, seconds: number): number {
  let failed = wrong.length > 0 ? 1 : 0
  for (const point of POINTS) {
    const own = deaths.filter((death) => death.point === point)
    const problems = own.flatMap(({ problem }) => problem ?? [])
    if (problems.length > 0) failed += 1
    console.log(`${problems.length > 0 ? '✗' : '✓'} ${point.name} (${own.length})`)
    for (const problem of new Set(problems)) console.log(`    ${problem}`)
  }
  for (const line of wrong.slice(0, 40)) console.log(`✗ ${line}`)
  const passed = POINTS.length + 1 - failed
  for (const line of facts) console.log(line)
  console.log(
    `${deaths.length} kills at ${POINTS.length} points: ${wrong.length} wrong in the end (${seconds.toFixed(1)} s)`,
  )
  const file = join(ROOT, '.cache', 'kill.json')
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify({ numPassedTests: passed, numFailedTests: failed }))
  return failed === 0 ? 0 : 1
}
