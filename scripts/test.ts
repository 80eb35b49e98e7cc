import { join } from 'node:path'
import { ROOT, script, serverScript } from './stack/paths'
import { runHere } from './stack/run'
import { countTests, forget } from './test/counts'

/** `npm test`: lint and types, tests, production build, stories in a browser. Stops at the first failure. */
const cached = (name: string) => join(ROOT, '.cache', name)

// A step without a report counts as one test of its own.
const steps: { name: string; command: [string, ...string[]]; report?: string }[] = [
  { name: 'check', command: script('scripts/check.ts') },
  {
    name: 'unit and database tests',
    command: script(
      'scripts/test-unit.ts',
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${cached('vitest.json')}`],
    ),
    report: cached('vitest.json'),
  },
  {
    name: '100,000 histories',
    command: serverScript('tests/simulation/main.ts', '--runs', '100000', '--seed', '1'),
  },
  { name: 'build', command: script('scripts/build.ts') },
  {
    name: 'kill -9 at every step',
    command: script('tests/crash/main.ts'),
    report: cached('kill.json'),
  },
  {
    name: 'bursts',
    // A tenth of the whole, for the time that it takes; `npm run test:burst` is the whole.
    command: script('tests/load/main.ts', '--customers', '150', '--hot', '300'),
    report: cached('burst.json'),
  },
  {
    name: 'behind a pooler',
    // A few seconds of it; `npm run test:pooler` is the whole.
    command: script('tests/pooler/main.ts', '--slice'),
    report: cached('pooler.json'),
  },
  {
    name: 'end-to-end stories',
    command: script('scripts/test-e2e.ts'),
    report: cached('playwright.json'),
  },
]

const began = performance.now()
const total = { passed: 0, failed: 0 }
for (const { name, command, report } of steps) {
  console.log(`\n── ${name}`)
  if (report) forget(report)
  const start = performance.now()
  const code = await runHere(command, { ...process.env, NEXT_TELEMETRY_DISABLED: '1' })
  const counts = report ? countTests(report) : { passed: code === 0 ? 1 : 0, failed: 0 }
  total.passed += counts.passed
  total.failed += code === 0 ? counts.failed : Math.max(1, counts.failed)
  console.log(`${code === 0 ? '✓' : '✗'} ${name}: ${seconds(start)} s`)
  if (code !== 0) {
    console.log(`\n"${name}" failed; what comes after it was not run.`)
    break
  }
}
console.log(`\n${total.passed} passed, ${total.failed} failed (${seconds(began)} s)`)
process.exitCode = total.failed === 0 ? 0 : 1

function seconds(since: number): string {
  return ((performance.now() - since) / 1_000).toFixed(1)
}
