import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('.', import.meta.url))
let dir: string

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'stripe-sandbox-'))
})

afterAll(() => rmSync(dir, { recursive: true, force: true }))

test('it imports nothing of the application, and nothing that has to be installed', () => {
  const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.m?ts$/.test(file) && !/(^|\/)(node_modules|dist)\//.test(file),
  )
  const strange = files.flatMap((file) => {
    const source = readFileSync(join(ROOT, file), 'utf8')
    const imports = [...source.matchAll(/^(?:import|export) ([^;'"`]*?) ?from '([^']+)'/gm)]
    return imports.flatMap(([, words = '', from = '']) => {
      const own = /^(\.\/|node:|@\/sandbox\/)/.test(from)
      const typed = from === 'stripe' && words.startsWith('type ')
      return own || typed || forTests(file) ? [] : [`${file}: ${from}`]
    })
  })
  expect(strange).toEqual([])
  const walls = files.filter((file) =>
    /from '@\/(app|lib|db|e2e|scripts)\//.test(readFileSync(join(ROOT, file), 'utf8')),
  )
  expect(walls).toEqual([])
})

test('it is built into one file, which any language can start and which says in a line where it is', async () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  const outfile = join(dir, 'main.mjs')
  const esbuild = join(dirname(createRequire(import.meta.url).resolve('esbuild')), '../bin/esbuild')
  const words = scripts.build.split(' ').slice(1) as string[]
  const args = words.map((word) => (word.startsWith('--outfile') ? `--outfile=${outfile}` : word))
  const built = spawnSync(esbuild, args, { cwd: ROOT, encoding: 'utf8' })
  expect(built.status, built.stderr).toBe(0)
  const child = spawn(process.execPath, [outfile, '--json', '--memory', '--port', '0'], {
    cwd: dir,
  })
  const line = await firstLine(child.stdout)
  const { url, pid } = JSON.parse(line || '{}')
  expect(pid).toBe(child.pid)
  expect(await (await fetch(`${url}/_sandbox/health`)).json()).toMatchObject({ ok: true })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  // Whoever started it is gone.
  child.stdin.end()
  expect(await ended).toBe(0)
})

async function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: stream })) return line
  return ''
}

/** What only tests use is not part of it. */
function forTests(file: string): boolean {
  return /\.test\.ts$|^(fidelity|bench)\/|^test-|opened-sandbox|page-facts/.test(file)
}
