import { provideBrowser } from './browser/provide'
import { ensureBuild } from './e2e/build'
import { APP_LOG, bringUp } from './e2e/up'
import { type Lock, takeLock } from './stack/lock'
import { logFile } from './stack/log-file'
import { dataPath, tool } from './stack/paths'
import { runHere } from './stack/run'
import { createStack } from './stack/stack'

/** `npm run test:e2e [-- …]`: the customer's story in a real browser, against the production build. */
const stack = createStack()
let lock: Lock | undefined
const asked = new Promise<number>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => resolve(1))
})

const code = await Promise.race([asked, story()]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  return 1
})
await stack.stop()
lock?.release()
process.exit(code)

async function story(): Promise<number> {
  lock = takeLock(dataPath('e2e.json'), 'scripts/test-e2e.ts', ({ pid }) => {
    return `An end-to-end run is under way in this checkout (process ${pid}). Wait for its end.`
  })
  // One after the other: a build and an unpacking browser would fight for the same cores.
  await ensureBuild()
  const browser = await provideBrowser()
  const env = { ...(await bringUp(stack)), E2E_BROWSER: JSON.stringify(browser) }
  const appLog = logFile(APP_LOG)
  const config = ['-c', 'e2e/playwright.config.ts', ...process.argv.slice(2)]
  const playwright = runHere(tool('@playwright/test/cli.js', 'test', ...config), env)
  const result = await Promise.race([playwright, stack.ended])
  if (typeof result === 'string') throw new Error(result)
  if (result !== 0) console.log(`\n${APP_LOG} ends:\n${appLog.tail()}`)
  return result
}
