import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Lock, takeLock } from '@/scripts/stack/lock'
import { dataPath, ROOT } from '@/scripts/stack/paths'
import { createStack } from '@/scripts/stack/stack'
import { bringScene } from './bring-scene'
import { measureAll } from './measure-all'
import { type Options, readOptions } from './options'
import { machine } from './report/machine'
import { accessSection, benchmarksPage, webhookSection, withSection } from './report/page'

/**
 * `npm run bench`: what everything costs, beside its floor and its peers. `--rounds N`, `--only webhook`
 * (or another section), `--memory`, `--json` for one object on standard output. A run of everything is
 * written to docs/benchmarks.md, and one of `access` or `webhook` alone into its section there.
 */
const stack = createStack()
let lock: Lock | undefined

async function main(options: Options): Promise<number> {
  // Of standard output nothing is taken but the one object.
  if (options.json) console.log = console.error
  lock = takeLock(dataPath('bench.json'), 'bench/main.ts', ({ pid }) => {
    return `A bench runs in this checkout (process ${pid}). Wait for its end.`
  })
  const peers = !options.only || options.only === 'webhook'
  const scene = await Promise.race([bringScene(stack, { peers }), stack.ended])
  if (typeof scene === 'string') throw new Error(scene)
  const figures = await Promise.race([measureAll(scene, options), stack.ended])
  if (typeof figures === 'string') throw new Error(figures)
  await scene.sql.end()
  const result = { machine: machine(), rounds: options.rounds, ...figures }
  const page = join(ROOT, 'docs', 'benchmarks.md')
  if (!options.only) writeFileSync(page, benchmarksPage(result))
  const { access, webhook } = result
  const put = (section: string) =>
    writeFileSync(page, withSection(readFileSync(page, 'utf8'), section))
  if (options.only === 'access' && access) put(accessSection({ ...result, access }))
  if (options.only === 'webhook' && webhook) put(webhookSection({ ...result, webhook }))
  if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`)
  else console.log(benchmarksPage(result))
  return 0
}

const asked = new Promise<number>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => resolve(1))
})
const code = await Promise.race([asked, main(readOptions(process.argv.slice(2)))]).catch(
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    return 1
  },
)
await stack.stop()
lock?.release()
process.exit(code)
