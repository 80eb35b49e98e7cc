import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { tarOf } from './tar-of.fixture'
import { unpack } from './unpack'

// Small archives of the same names and shapes; bundled.test.ts unpacks the real ones.
const CONTENT = 'not really a browser'
let folder = ''
let archives = ''
let target = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unpack-'))
  archives = join(folder, 'bin')
  await mkdir(archives)
  const save = (name: string, data: string | Buffer) =>
    writeFile(join(archives, name), brotliCompressSync(data))
  await save('chromium.br', CONTENT)
  await save('al2023.tar.br', tarOf({ 'lib/libnss3.so': 'nss' }))
  await save('swiftshader.tar.br', tarOf({ 'libEGL.so': 'egl' }))
  await save('fonts.tar.br', tarOf({ 'fonts.conf': 'theirs', 'fonts/A.ttf': 'a' }))
})
afterAll(() => rm(folder, { recursive: true }))

beforeEach(async () => {
  target = join(await mkdtemp(join(folder, 'cache-')), 'chromium-1')
})

const chromium = () => readFile(join(target, 'chromium'), 'utf8')
const neighbors = () => readdir(join(target, '..'))

test('everything is where the browser looks for it, and fonts.conf is ours', async () => {
  await unpack(archives, target)
  expect((await readdir(target, { recursive: true })).sort()).toEqual([
    'al2023',
    'al2023/lib',
    'al2023/lib/libnss3.so',
    'chromium',
    'fonts',
    'fonts.conf',
    'fonts/A.ttf',
    'inventory.json',
    'libEGL.so',
  ])
  expect(await readFile(join(target, 'fonts.conf'), 'utf8')).toContain('>fonts</dir>')
})

test('of ten that unpack at once one wins, and nothing else is left', async () => {
  await Promise.all(Array.from({ length: 10 }, () => unpack(archives, target)))
  expect(await chromium()).toBe(CONTENT)
  expect(await neighbors()).toEqual(['chromium-1'])
})

test('what is whole is left alone, with what the browser added', async () => {
  await unpack(archives, target)
  // Chromium makes a folder that only its user may look into.
  await mkdir(join(target, 'locales'), { mode: 0o000 })
  await unpack(join(folder, 'no archives here'), target)
  expect(await readdir(target)).toContain('locales')
})

test('a half-unpacked or damaged browser is replaced', async () => {
  await mkdir(target)
  await writeFile(join(target, 'chromium'), 'half')
  await unpack(archives, target)
  expect(await chromium()).toBe(CONTENT)
  await truncate(join(target, 'chromium'), 3)
  await unpack(archives, target)
  expect(await chromium()).toBe(CONTENT)
  await rm(join(target, 'fonts'), { recursive: true })
  await unpack(archives, target)
  expect(await readdir(target)).toContain('fonts')
  expect(await neighbors()).toEqual(['chromium-1'])
})

test('what a killed process left behind goes, what one is working on stays', async () => {
  const [old, young] = [`${target}.killed`, `${target}.working`]
  await Promise.all([mkdir(old, { recursive: true }), mkdir(young, { recursive: true })])
  const hourAgo = new Date(Date.now() - 3_600_000)
  await utimes(old, hourAgo, hourAgo)
  await unpack(archives, target)
  expect((await neighbors()).sort()).toEqual(['chromium-1', 'chromium-1.working'])
})

test('broken archives leave nothing behind', async () => {
  const broken = await mkdtemp(join(folder, 'broken-'))
  await writeFile(join(broken, 'chromium.br'), 'this is not brotli')
  await expect(unpack(broken, target)).rejects.toThrow()
  expect(await neighbors()).toEqual([])
})
