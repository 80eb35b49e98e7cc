import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { startRedis } from '@/scripts/redis/start'
import { launchOf } from './launch'
import { provideBrowser } from './provide'
import { whyUnusable } from './why-unusable'

afterEach(() => {
  vi.unstubAllEnvs()
})

describe('a browser for the tests', { timeout: 180_000 }, () => {
  test('draws text, runs scripts, and is as strict as a real one', async () => {
    const { env, ...launch } = await provideBrowser()
    const browser = await chromium.launch({ ...launch, env: { ...process.env, ...env } })
    const page = await browser.newPage()
    const blank = await page.screenshot()
    await page.goto('data:text/html,<h1 style="font-size:80px">Paid until 3 December</h1>')
    expect(await page.getByRole('heading').textContent()).toBe('Paid until 3 December')
    const width = await page.getByRole('heading').evaluate((heading) => {
      const range = document.createRange()
      range.selectNodeContents(heading)
      return range.getBoundingClientRect().width
    })
    // Text of that size without a font would have no width at all.
    expect(width).toBeGreaterThan(400)
    expect((await page.screenshot()).equals(blank)).toBe(false)
    // A browser with its security off would hide CORS and CSP mistakes.
    const otherOrigin = await startRedis({})
    const read = page.evaluate((url) => fetch(url), otherOrigin.url)
    await expect(read).rejects.toThrow(/Failed to fetch/)
    await otherOrigin.stop()
    await browser.close()
  })

  test('CHROMIUM_PATH wins, and when it does not work it says so and nothing else is tried', async () => {
    vi.stubEnv('CHROMIUM_PATH', '')
    const { executablePath, env } = await provideBrowser()
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
    vi.stubEnv('CHROMIUM_PATH', executablePath)
    expect(await provideBrowser()).toMatchObject({ executablePath, env: {} })
    vi.stubEnv('CHROMIUM_PATH', '/nowhere/chromium')
    await expect(provideBrowser()).rejects.toThrow(/^CHROMIUM_PATH is \/nowhere\/chromium, which/)
  })
})

describe.skipIf(process.platform === 'win32')('a candidate is refused', () => {
  test.each([
    ['that fails', 'exit 1', /Command failed/],
    ['that says nothing of a version', 'echo please install the snap', /does not print a version/],
    ['that hangs', 'exec sleep 60', /Command failed/],
    ['that prints a version and then cannot start', '[ $# = 1 ] && echo Chromium 1.2.3', /launch/],
  ])('%s', { timeout: 30_000 }, async (_name, script, reason) => {
    const folder = await mkdtemp(join(tmpdir(), 'candidate-'))
    const path = join(folder, 'chromium')
    await writeFile(path, `#!/bin/sh\n${script}\n`)
    await chmod(path, 0o755)
    // Long enough for a shell to start, far below what waiting for the hanging one would take.
    expect(await whyUnusable(launchOf(path), 2_000)).toMatch(reason)
    await rm(folder, { recursive: true })
  })
})
