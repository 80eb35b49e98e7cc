import { join } from 'node:path'
import { ROOT, script, serverScript } from './stack/paths'
import { type Lane, runStage } from './test/run-stage'
import type { Step } from './test/step'

/**
 * `npm test`: lint and types, tests, production build, stories in a browser: some six minutes on
 * two cores. `--all` (`npm run test:all`) is the whole, with what `soaks.ts` names. Stops at the first failure.
 */
const all = process.argv.includes('--all')
if (!all) process.env.SOAKS = 'no'
const cached = (name: string) => join(ROOT, '.cache', name)

const check: Step = { name: 'check', command: script('scripts/check.ts') }
const unit: Step = {
  name: 'unit and database tests',
  command: script(
    'scripts/test-unit.ts',
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${cached('vitest.json')}`],
  ),
  report: cached('vitest.json'),
}
const runs = all ? 100_000 : 1_000
// A second process would load for longer than a thousand take.
const workers = all ? [] : ['--workers', '1']
const histories: Step = {
  name: `${runs.toLocaleString('en-US')} histories`,
  command: serverScript(
    'tests/simulation/main.ts',
    '--runs',
    `${runs}`,
    '--seed',
    '1',
    '--humble',
    ...workers,
  ),
}
const build: Step = { name: 'build', command: script('scripts/build.ts', '--checked', '--humble') }
const kill: Step = {
  name: all ? 'kill -9 at every step' : 'kill -9 in every story',
  command: script('tests/crash/main.ts', ...(all ? [] : ['--short'])),
  report: cached('kill.json'),
}
const TENTH = ['--customers', '150', '--hot', '300']
const bursts: Step = {
  name: 'bursts',
  // A tenth, for the time that it takes; `npm run test:burst` is the whole.
  command: script('tests/load/main.ts', ...TENTH),
  report: cached('burst.json'),
}
const pooler: Step = {
  name: 'behind a pooler',
  // A few seconds of it; `npm run test:pooler` is the whole.
  command: script('tests/pooler/main.ts', '--slice'),
  report: cached('pooler.json'),
}
const stories: Step = {
  name: 'end-to-end stories',
  command: script('scripts/test-e2e.ts'),
  report: cached('playwright.json'),
}

// A plan is an entry and nothing else: who adds one finds the tests green.
const plans = (['below', 'between', 'above'] as const).map((place): Step => {
  return {
    name: `with a plan more, ${place} what is sold`,
    command: script('scripts/test-unit.ts', '--pure', 'app', 'lib', 'scripts', 'tests'),
    env: { ONE_MORE_PLAN: place, SOAKS: 'no' },
  }
})

const stages: (readonly Lane[])[] = [
  [[check]],
  // The build has what the tests leave idle, which have limits in real seconds; and they need not wait for leases,
  // which end in such.
  [[unit], [build, kill, histories]],
  ...(all ? [[plans]] : []),
  // Two stacks and a browser each are all that two cores carry.
  [[stories]],
  // Alone: how soon they are answered is what they are about. Otherwise a story has a small one, and the tests a
  // few cases of each pooler.
  ...(all ? [[[bursts, pooler]]] : []),
]

const began = performance.now()
const total = { passed: 0, failed: 0 }
for (const [n, stage] of stages.entries()) {
  const { passed, failed } = await runStage(stage)
  total.passed += passed
  total.failed += failed
  if (failed === 0) continue
  if (n < stages.length - 1) console.log('\nWhat comes after that was not run.')
  break
}
const seconds = ((performance.now() - began) / 1_000).toFixed(1)
console.log(`\n${total.passed} passed, ${total.failed} failed (${seconds} s)`)
process.exitCode = total.failed === 0 ? 0 : 1
