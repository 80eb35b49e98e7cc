import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tarOf } from './tar-of.fixture'
import { untar } from './untar'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'untar-'))
})
afterAll(() => rm(folder, { recursive: true }))

test('files and folders come out as they went in', async () => {
  const long = 'x'.repeat(1_500)
  await untar(
    tarOf({ 'a/': '', 'a/b/c.txt': long, empty: '', 'exact.bin': 'y'.repeat(512) }),
    folder,
  )
  expect(await readFile(join(folder, 'a/b/c.txt'), 'utf8')).toBe(long)
  expect(await readFile(join(folder, 'empty'), 'utf8')).toBe('')
  expect(await readFile(join(folder, 'exact.bin'), 'utf8')).toHaveLength(512)
  expect((await readdir(folder)).sort()).toEqual(['a', 'empty', 'exact.bin'])
})

test('what would leave the folder is refused', async () => {
  await expect(untar(tarOf({ '../evil': 'x' }), folder)).rejects.toThrow(/leads outside/)
  await expect(untar(tarOf({ '/etc/evil': 'x' }), folder)).rejects.toThrow(/leads outside/)
})

test('a link is refused, and so is an archive that stops short', async () => {
  await expect(untar(tarOf({ link: '' }, '2'), folder)).rejects.toThrow(/neither file nor folder/)
  const cut = tarOf({ file: 'x'.repeat(2_000) }).subarray(0, 1_024)
  await expect(untar(cut, folder)).rejects.toThrow(/ends in the middle of file/)
})
