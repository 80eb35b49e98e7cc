import { rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { ROOT, tool } from './stack/paths'
import { type Run, run } from './stack/run'

/** `npm run check`: lint, types and unused code, in seconds. */
const began = performance.now()

const COLORS = `--colors=${process.stdout.isTTY ? 'force' : 'off'}`

// On two cores each has one, with unused code before lint: neither the checkers of the types, which each resolve
// what they have in common, nor three at once are any quicker there.
const FEW_CORES = availableParallelism() <= 2
const THREADS = FEW_CORES ? ['--singleThreaded'] : []
const LANES: readonly (readonly (keyof typeof steps)[])[] = FEW_CORES
  ? [['types'], ['unused', 'lint']]
  : [['types'], ['unused'], ['lint']]

const steps = {
  // Its output is kept in a string here, so it cannot see whether a person reads it.
  lint: () => run(tool('@biomejs/biome/bin/biome', 'ci', '--error-on-warnings', COLORS)),
  types: async () => {
    // What a running `next dev` wrote for routes that are gone since.
    rmSync(join(ROOT, '.next', 'dev', 'types'), { recursive: true, force: true })
    // Routes are types too; without them a link to a page that does not exist compiles.
    const routes = await run(tool('next/dist/bin/next', 'typegen'))
    if (!routes.ok) return routes
    const types = await run(tool('typescript/bin/tsc', '--noEmit', ...THREADS))
    return { ...types, seconds: routes.seconds + types.seconds }
  },
  unused: () => run(tool('knip/bin/knip.js')),
} satisfies Record<string, () => Promise<Run>>

const results: boolean[] = []
const inOrder = async (names: readonly (keyof typeof steps)[]) => {
  for (const name of names) {
    const result = await steps[name]()
    if (!result.ok) console.log(`\n${result.output}\n`)
    console.log(`${result.ok ? '✓' : '✗'} ${name.padEnd(6)} ${result.seconds.toFixed(1)} s`)
    results.push(result.ok)
  }
}
await Promise.all(LANES.map(inOrder))

const failed = results.filter((ok) => !ok).length
const seconds = ((performance.now() - began) / 1_000).toFixed(1)
console.log(`${results.length - failed} passed, ${failed} failed (check, ${seconds} s)`)
process.exitCode = failed === 0 ? 0 : 1
