import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundledBrowser } from './bundled'
import { whyUnusable } from './why-unusable'

let cache = ''
beforeAll(async () => {
  cache = await mkdtemp(join(tmpdir(), 'bundled-'))
})
afterAll(() => rm(cache, { recursive: true }))

/** Another process that wants the same browser; prints where it is. */
async function inAnotherProcess(): Promise<string> {
  const module = JSON.stringify(new URL('./bundled.ts', import.meta.url).href)
  const script = `import { bundledBrowser } from ${module}
    const [found] = await bundledBrowser(${JSON.stringify(cache)})
    process.stdout.write(found.executablePath)`
  const command = ['--import', 'tsx', '--input-type=module', '--eval', script]
  return (await promisify(execFile)(process.execPath, command)).stdout
}

const isSupported = process.platform === 'linux' && process.arch === 'x64'

describe.runIf(isSupported)('the browser of node_modules', { timeout: 180_000 }, () => {
  test('two processes at once, over a half-unpacked one, get one that works', async () => {
    // The checkout's own browser shows what the folder is called.
    const [own] = await bundledBrowser()
    const target = join(cache, basename(dirname(own?.executablePath ?? '')))
    await mkdir(target)
    await writeFile(join(target, 'chromium'), 'half a browser')

    const paths = await Promise.all([inAnotherProcess(), inAnotherProcess()])
    expect(new Set(paths)).toEqual(new Set([join(target, 'chromium')]))
    expect(await readdir(cache)).toEqual([basename(target)])
    const [launch] = await bundledBrowser(cache)
    if (!launch) expect.unreachable('The third process found nothing.')
    expect(await whyUnusable(launch)).toBeNull()
  })
})
