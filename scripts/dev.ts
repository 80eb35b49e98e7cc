import { join } from 'node:path'
import { BRAND } from '@/lib/brand'
import { followCatalog } from './dev/follow-catalog'
import { readOptions } from './dev/options'
import { bringUp } from './dev/up'
import { wipe } from './dev/wipe'
import { startCron } from './stack/cron'
import { refuseBlankSecrets } from './stack/given'
import { loadEnv } from './stack/load-env'
import { type Lock, type Owner, takeLock } from './stack/lock'
import { dataPath, ROOT } from './stack/paths'
import { createStack } from './stack/stack'

/** `npm run dev [-- --fresh --host NAME]`: the app and everything it needs, in one command, until Ctrl-C. */
const began = performance.now()
const stack = createStack()
let lock: Lock | undefined
let endCron = () => {}
let endFollowing = () => {}

const asked = new Promise<'asked'>((resolve) => {
  // Listening for ever: npm and the terminal may both send one, and the second must not kill us.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => resolve('asked'))
  }
})

const outcome = await Promise.race([asked, develop()]).catch((error: unknown) =>
  error instanceof Error ? error.message : String(error),
)
if (outcome !== 'asked') console.error(`\n  ✗ ${outcome.replaceAll('\n', '\n    ')}\n`)
endCron()
endFollowing()
await stack.stop()
lock?.release()
process.exit(outcome === 'asked' ? 0 : 1)

/** Runs until a part ends by itself; resolves to the sentence that says which. */
async function develop(): Promise<string> {
  const { fresh, ...options } = readOptions(process.argv.slice(2))
  loadEnv()
  refuseBlankSecrets()
  lock = takeLock(dataPath('dev.json'), 'scripts/dev.ts', alreadyRunning)
  if (fresh) await wipe()
  const running = await bringUp(stack, began, options)
  lock.note(running.localUrl)
  console.log(running.banner)
  running.app.speak()
  endCron = startCron(running.localUrl, running.cronSecret)
  const { pushCatalog: push } = running
  const folder = join(ROOT, 'lib/catalog')
  if (push) endFollowing = followCatalog({ folder, push, say: (line) => console.log(`  ${line}`) })
  return stack.ended
}

function alreadyRunning({ pid, url }: Owner): string {
  const where = url ? `at ${url}` : 'and still starting'
  return `${BRAND.name} is already running in this checkout, ${where} (process ${pid}).\nUse that one, or stop it first. A second one needs a second checkout.`
}
