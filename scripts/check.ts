import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, tool } from './stack/paths'
import { type Run, run } from './stack/run'

/** `npm run check`: lint, types and unused code, in seconds. */
const began = performance.now()

const COLORS = `--colors=${process.stdout.isTTY ? 'force' : 'off'}`

const steps: Record<string, () => Promise<Run>> = {
  // Its output is kept in a string here, so it cannot see whether a person reads it.
  lint: () => run(tool('@biomejs/biome/bin/biome', 'ci', '--error-on-warnings', COLORS)),
  types: async () => {
    // What a running `next dev` wrote for routes that are gone since.
    rmSync(join(ROOT, '.next', 'dev', 'types'), { recursive: true, force: true })
    // Routes are types too; without them a link to a page that does not exist compiles.
    const routes = await run(tool('next/dist/bin/next', 'typegen'))
    if (!routes.ok) return routes
    const types = await run(tool('typescript/bin/tsc', '--noEmit'))
    return { ...types, seconds: routes.seconds + types.seconds }
  },
  unused: () => run(tool('knip/bin/knip.js')),
}

const results = await Promise.all(
  Object.entries(steps).map(async ([name, step]) => {
    const result = await step()
    if (!result.ok) console.log(`\n${result.output}\n`)
    console.log(`${result.ok ? '✓' : '✗'} ${name.padEnd(6)} ${result.seconds.toFixed(1)} s`)
    return result
  }),
)

const failed = results.filter(({ ok }) => !ok).length
const seconds = ((performance.now() - began) / 1_000).toFixed(1)
console.log(`${results.length - failed} passed, ${failed} failed (check, ${seconds} s)`)
process.exitCode = failed === 0 ? 0 : 1
