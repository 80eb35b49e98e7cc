import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { sealBuild } from '@/scripts/build/seal'
import { lastLines } from '@/scripts/stack/log-file'
import { ROOT, tool } from '@/scripts/stack/paths'
import { run } from '@/scripts/stack/run'

/**
 * Makes the production build unless one stands that is newer than every source.
 * @throws with the end of the build's output
 */
export async function ensureBuild(): Promise<void> {
  const built = modified(join(ROOT, '.next', 'BUILD_ID'))
  if (built <= Math.max(...SOURCES.map((path) => newest(join(ROOT, path))))) await build()
  // Also one that was made with Next's own command.
  sealBuild(join(ROOT, '.next'))
}

async function build(): Promise<void> {
  console.log('Building the app…')
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' }
  const { ok, output } = await run(tool('next/dist/bin/next', 'build'), env)
  if (!ok) throw new Error(`The build failed:\n${lastLines(output)}`)
}

const SOURCES = [
  ...['app', 'lib', 'db', 'public', 'instrumentation.ts', 'instrumentation-node.ts', 'proxy.ts'],
  ...['next.config.ts', 'postcss.config.mjs', 'tsconfig.json', 'package-lock.json'],
]

/** Folders count too: a deleted file changes nothing else. */
function newest(path: string): number {
  const own = modified(path)
  if (own === 0 || !statSync(path).isDirectory()) return own
  return Math.max(own, ...readdirSync(path).map((name) => newest(join(path, name))))
}

function modified(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
}
