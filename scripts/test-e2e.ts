import { rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { provideBrowser } from './browser/provide'
import { ensureBuild } from './e2e/build'
import { leaksAfter } from './e2e/leaks/after-run'
import { bringUp } from './e2e/up'
import { prove } from './proof/prove'
import { logFile } from './stack/log-file'
import { dataPath, tool } from './stack/paths'
import { runHere } from './stack/run'
import type { Stack } from './stack/stack'

/** `npm run test:e2e [-- …]`: the customer's story in a real browser, against the production build. */
process.exit(
  await prove({
    name: 'e2e',
    program: 'scripts/test-e2e.ts',
    underWay: 'An end-to-end run is under way',
    work: story,
  }),
)

async function story(stack: Stack): Promise<number> {
  const asked = process.argv.slice(2)
  // One after the other: a build and an unpacking browser would fight for the same cores.
  await ensureBuild()
  const browser = await provideBrowser()
  rmSync(dataPath('e2e'), { recursive: true, force: true })
  const names = ['one', 'two'].slice(0, stacksFor(asked))
  const stacks = await Promise.all(names.map((name) => bringUp(stack, name)))
  const logs = stacks.map(({ E2E_APP_LOG }) => logFile(`${E2E_APP_LOG}`))
  const env = {
    ...process.env,
    // What a story reads before it knows which stack is its own.
    ...stacks[0],
    E2E_STACKS: JSON.stringify(stacks),
    E2E_BROWSER: JSON.stringify(browser),
  }
  const config = ['-c', 'e2e/playwright.config.ts', ...asked]
  const result = await runHere(tool('@playwright/test/cli.js', 'test', ...config), env)
  if (result !== 0) for (const log of logs) console.log(`\n${log.path} ends:\n${log.tail()}`)
  const leaks = await leaksAfter(stacks)
  for (const leak of leaks) console.error(leak)
  return result === 0 && leaks.length > 0 ? 1 : result
}

// A developer who names one file waits for that file; a second stack would only take its time.
function stacksFor(asked: string[]): number {
  const files = asked.filter((each) => !each.startsWith('-')).length
  return files === 1 || availableParallelism() === 1 ? 1 : 2
}
