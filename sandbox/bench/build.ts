import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const SANDBOX = fileURLToPath(new URL('..', import.meta.url))

/** Builds the package's one file, as its own `build` does. */
export function build(outfile: string) {
  const { scripts } = JSON.parse(readFileSync(join(SANDBOX, 'package.json'), 'utf8'))
  const esbuild = join(dirname(createRequire(import.meta.url).resolve('esbuild')), '../bin/esbuild')
  const words: string[] = scripts.build.split(' ').slice(1)
  const args = words.map((word) => (word.startsWith('--outfile') ? `--outfile=${outfile}` : word))
  const { status, stderr } = spawnSync(esbuild, args, { cwd: SANDBOX, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
}
