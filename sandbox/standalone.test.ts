import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { build } from './bench/build'

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
      const typed = /^(stripe|@stripe\/stripe-js)$/.test(from) && words.startsWith('type ')
      return own || typed || forTests(file) ? [] : [`${file}: ${from}`]
    })
  })
  expect(strange).toEqual([])
  const walls = files.filter((file) =>
    /from '@\/(app|lib|db|e2e|scripts)\//.test(readFileSync(join(ROOT, file), 'utf8')),
  )
  expect(walls).toEqual([])
})

test('its container copies what is there, and is started with options that it takes', async () => {
  const dockerfile = readFileSync(join(ROOT, 'Dockerfile'), 'utf8')
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  const copied = [...dockerfile.matchAll(/^COPY --from=build \/sandbox\/(\S+)/gm)].map(
    ([, path]) => path,
  )
  const missing = copied.filter(
    (path = '') => !scripts.build.includes(`--outfile=${path}/`) && !existsSync(join(ROOT, path)),
  )
  expect({ copied, missing }).toEqual({ copied: ['dist', 'package.json'], missing: [] })
  const [node, main, ...options] = JSON.parse(/^ENTRYPOINT (.*)$/m.exec(dockerfile)?.[1] ?? '[]')
  expect([node, main]).toEqual(['node', 'dist/main.js'])
  const built = join(dir, 'main.mjs')
  build(built)
  const here = options.map(
    (word: string) => ({ '12111': '0', '/data': join(dir, 'data') })[word] ?? word,
  )
  const child = spawn(process.execPath, [built, ...here, '--json'], { cwd: dir })
  const { url, pid } = JSON.parse((await firstLine(child.stdout)) || '{}')
  expect(pid).toBe(child.pid)
  expect(await (await fetch(`${url}/_sandbox/health`)).json()).toMatchObject({ ok: true })
  await ended(child)
})

test('its package holds all that it needs, and runs by npx in an empty folder', async () => {
  const stage = join(dir, 'stage')
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  expect(manifest).toMatchObject({ scripts: { prepack: 'npm run build' } })
  expect(manifest).not.toHaveProperty('dependencies')
  mkdirSync(join(stage, 'dist'), { recursive: true })
  build(join(stage, 'dist/main.js'))
  // Only what is named in `files` and what npm takes by itself: nothing of the sources may be needed.
  for (const path of ['package.json', 'README.md', 'LICENSE', 'bin'])
    cpSync(join(ROOT, path), join(stage, path), { recursive: true })
  const packed = npm(['pack', '--json', '--ignore-scripts', '--pack-destination', dir], stage)
  const [{ filename, files }] = JSON.parse(packed)
  expect(files.map(({ path }: { path: string }) => path).sort()).toEqual([
    'LICENSE',
    'README.md',
    'bin/stripe-sandbox.mjs',
    'dist/main.js',
    'package.json',
  ])
  const empty = mkdtempSync(join(dir, 'empty-'))
  const from = ['--yes', '--offline', '--package', join(dir, filename)]
  const args = [...from, 'stripe-sandbox', '--json', '--memory', '--port', '0']
  const child = spawn('npx', args, { cwd: empty, env: { ...process.env, ...cache() } })
  const { url } = JSON.parse((await firstLine(child.stdout)) || '{}')
  expect(await (await fetch(`${url}/_sandbox/health`)).json()).toMatchObject({ ok: true })
  // The process that started it is gone.
  expect(await ended(child)).toBe(0)
  expect(readdirSync(empty)).toEqual([])
}, 60_000)

function npm(args: string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync('npm', args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...cache() },
  })
  expect(status, stderr).toBe(0)
  return stdout
}

/** Nothing of an earlier run, and nothing that stays. */
function cache() {
  return { npm_config_cache: join(dir, 'npm'), npm_config_update_notifier: 'false' }
}

async function ended(child: ChildProcessWithoutNullStreams): Promise<unknown> {
  const exit = new Promise((resolve) => child.once('exit', resolve))
  child.stdin.end()
  return exit
}

async function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: stream })) return line
  return ''
}

/** What only tests use is not part of it. */
function forTests(file: string): boolean {
  return /\.test\.ts$|^(test|bench)\//.test(file)
}
