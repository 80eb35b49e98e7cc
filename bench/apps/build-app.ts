import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { startChild } from '@/scripts/stack/children'
import { lastLines, logFile } from '@/scripts/stack/log-file'
import { ROOT } from '@/scripts/stack/paths'

/** An application that only the bench has: its source lies beside this file, in the folder of its name. */
export type Recipe = {
  name: string
  /** What npm installs for it, into its own folder, besides what all of them share. */
  packages: readonly string[]
}

/**
 * The folder with a production build of the application, made when its source, its packages or our own
 * versions changed since the last time.
 * @throws with the end of what npm or Next said
 */
export async function buildApp({ name, packages }: Recipe): Promise<string> {
  const source = join(ROOT, 'bench', 'apps', name)
  const dir = join(HOME, name)
  await make(dir, digest(source, [...packages, ...SHARED]), async () => {
    await make(HOME, SHARED.join(' '), () => install(HOME, SHARED))
    console.log(`Building ${name}…`)
    rmSync(dir, { recursive: true, force: true })
    cpSync(source, dir, { recursive: true })
    writeFileSync(join(dir, 'next.config.mjs'), CONFIG)
    if (packages.length > 0) await install(dir, packages)
    await command(dir, [process.execPath, join(HOME, 'node_modules/next/dist/bin/next'), 'build'])
  })
  return dir
}

// Not our own node_modules: below our folder Next would take our instrumentation for theirs.
const HOME = join(ROOT, '.cache', 'bench')

// All of them have the versions that we have, so that only their own code differs.
const SHARED = ['next', 'react', 'react-dom', 'postgres', 'stripe'].map((name) => {
  const { version } = JSON.parse(
    readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8'),
  )
  return `${name}@${version}`
})

const CONFIG = `export default {
  poweredByHeader: false,
  turbopack: { root: ${JSON.stringify(HOME)} },
  outputFileTracingRoot: ${JSON.stringify(HOME)},
}
`

/** Does `work` for a folder unless it was done already for the same things. */
async function make(dir: string, wanted: string, work: () => Promise<void>): Promise<void> {
  const stamp = join(dir, 'made-of')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  await work()
  writeFileSync(stamp, wanted)
}

async function install(dir: string, packages: readonly string[]): Promise<void> {
  mkdirSync(dir, { recursive: true })
  writeFileSync(join(dir, 'package.json'), JSON.stringify({ private: true }))
  // Next is in the folder above, which a peer would otherwise install again.
  const flags = ['--legacy-peer-deps', '--no-audit', '--no-fund']
  await command(dir, ['npm', 'install', ...flags, ...packages])
}

async function command(cwd: string, line: readonly [string, ...string[]]): Promise<void> {
  const log = logFile(join(cwd, 'build.log'))
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' }
  const child = startChild({ command: line, cwd, env, output: log.open() })
  const { code } = await child.exited
  if (code !== 0) throw new Error(lastLines(log.tail()))
}

function digest(source: string, versions: string[]): string {
  const hash = createHash('sha256').update(`${versions.join(' ')} ${CONFIG}`)
  const files = readdirSync(source, { recursive: true, withFileTypes: true })
  for (const file of files.filter((entry) => entry.isFile())) {
    hash.update(file.name).update(readFileSync(join(file.parentPath, file.name)))
  }
  return hash.digest('hex')
}
