import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Lock, takeLock } from '@/scripts/stack/lock'
import { dataPath, ROOT } from '@/scripts/stack/paths'
import { createStack } from '@/scripts/stack/stack'
import { bringScene } from './bring-scene'
import { measureGrowth } from './growth/measure'
import { measureAll } from './measure-all'
import { DEFAULT_WORKSPACES, type Options, readOptions } from './options'
import { growthSection } from './report/growth-section'
import { machine } from './report/machine'
import { withSection } from './report/page'
import { scaleSection } from './report/scale-section'
import { sectionsOf } from './report/sections-of'
import { testsSection } from './report/tests-section'
import { measureScale } from './scale/measure'
import { measureTests } from './tests'

/**
 * `npm run bench`: what everything costs, beside its floor and its peers. `--rounds N`, `--only webhook`
 * (or another section), `--json` for one object on standard output. Each section that was measured takes its
 * place in docs/benchmarks.md. `--scale` measures what size costs, which takes half an hour the first time, and
 * writes its own section; `--workspaces N` for fewer. `--growth` measures how the tables grow with events, and
 * writes docs/operate/growth.md. `--tests` measures how long `npm test` takes, and fails where that is too long.
 */
const stack = createStack()
let lock: Lock | undefined

async function main(options: Options): Promise<number> {
  // Of standard output nothing is taken but the one object.
  if (options.json) console.log = console.error
  lock = takeLock(dataPath('bench.json'), 'bench/main.ts', ({ pid }) => {
    return `A bench runs in this checkout (process ${pid}). Wait for its end.`
  })
  if (options.scale !== null) return measureSizes(options.scale, options)
  if (options.growth) return measureTables(options)
  if (options.tests) return measureOurTests(options)
  const peers = !options.only || options.only === 'webhook'
  const scene = await whileUp(bringScene(stack, { peers }))
  const figures = await whileUp(measureAll(scene, options))
  await scene.sql.end()
  const result = { machine: machine(), rounds: options.rounds, ...figures }
  const sections = sectionsOf(result)
  for (const section of sections) put(section)
  show(options, result, sections.join('\n\n'))
  return 0
}

const GROWTH = join(ROOT, 'docs', 'operate', 'growth.md')
const PAGE = join(ROOT, 'docs', 'benchmarks.md')

function put(section: string): void {
  writeFileSync(PAGE, withSection(readFileSync(PAGE, 'utf8'), section))
}

async function measureSizes(workspaces: number, options: Options): Promise<number> {
  const { rounds } = options
  const scale = await whileUp(measureScale(stack, { rounds, workspaces }))
  const result = { machine: machine(), rounds, scale }
  const section = scaleSection(result)
  // Another size is tried, and not written down.
  if (workspaces === DEFAULT_WORKSPACES) put(section)
  show(options, result, section)
  return 0
}

async function measureTables(options: Options): Promise<number> {
  const growth = await whileUp(measureGrowth(stack))
  writeFileSync(GROWTH, withSection(readFileSync(GROWTH, 'utf8'), growthSection(growth)))
  show(options, { growth }, growthSection(growth))
  return 0
}

async function measureOurTests(options: Options): Promise<number> {
  const tests = await whileUp(measureTests())
  const result = { machine: machine(), tests }
  put(testsSection(result))
  show(options, result, testsSection(result))
  return tests.holds ? 0 : 1
}

/** What `work` gives, or an error once a part of the stack has ended meanwhile. */
async function whileUp<T extends object>(work: Promise<T>): Promise<T> {
  const figures = await Promise.race([work, stack.ended])
  if (typeof figures === 'string') throw new Error(figures)
  return figures
}

function show({ json }: Options, result: object, page: string): void {
  if (json) process.stdout.write(`${JSON.stringify(result)}\n`)
  else console.log(page)
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
