import { parseArgs } from 'node:util'
import { ensureBuild } from '@/scripts/e2e/build'
import { prove } from '@/scripts/proof/prove'
import type { Stack } from '@/scripts/stack/stack'
import type { Counts } from '@/scripts/test/counts'
import { IN_SHORT, POINTS, type Point } from './crash-points'
import { killEverywhere, type Result } from './run'

/**
 * `npm run test:kill`: kill -9 at every step of the event path, against the production build.
 * `--rounds N` deaths at each point (3), `--servers N` at work at the same time (4). `--short`: one death at some of
 * the points, of each story at least one, and two servers.
 */
process.exit(
  await prove({
    name: 'kill',
    program: 'tests/crash/main.ts',
    underWay: 'Servers are being killed',
    work: killed,
  }),
)

async function killed(stack: Stack): Promise<Counts> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '3' },
      servers: { type: 'string' },
      short: { type: 'boolean', default: false },
    },
  })
  const points = values.short ? IN_SHORT : POINTS
  const rounds = values.short ? 1 : Number(values.rounds)
  // Each costs its start, which is more than what it does in the short run.
  const servers = Number(values.servers ?? (values.short ? 2 : 4))
  const options = { points, rounds, servers }
  await ensureBuild()
  const began = performance.now()
  return report(points, await killEverywhere(stack, options), (performance.now() - began) / 1_000)
}

function report(
  points: readonly Point[],
  { deaths, wrong, facts }: Result,
  seconds: number,
): Counts {
  let failed = wrong.length > 0 ? 1 : 0
  for (const point of points) {
    const own = deaths.filter((death) => death.point === point)
    const problems = own.flatMap(({ problem }) => problem ?? [])
    if (problems.length > 0) failed += 1
    console.log(`${problems.length > 0 ? '✗' : '✓'} ${point.name} (${own.length})`)
    for (const problem of new Set(problems)) console.log(`    ${problem}`)
  }
  for (const line of wrong.slice(0, 40)) console.log(`✗ ${line}`)
  for (const line of facts) console.log(line)
  console.log(
    `${deaths.length} kills at ${points.length} points: ${wrong.length} wrong in the end (${seconds.toFixed(1)} s)`,
  )
  return { passed: points.length + 1 - failed, failed }
}
