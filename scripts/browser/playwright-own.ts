import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { chromium } from 'playwright'
import { type BrowserLaunch, launchOf } from './launch'

/** The browser that `playwright install` has downloaded for this version of Playwright, if it has. */
export async function playwrightOwn(): Promise<BrowserLaunch[]> {
  const path = chromium.executablePath()
  return existsSync(path) ? [launchOf(path)] : []
}

// 170 MB over a slow line; without one it fails by itself much sooner.
const DOWNLOAD_BOUND_MS = 10 * 60_000

/** Downloads that browser. @throws {Error} when Playwright could not */
export async function downloadPlaywrightOwn(): Promise<BrowserLaunch[]> {
  const manifest = createRequire(import.meta.url).resolve('playwright/package.json')
  const install = spawn(
    process.execPath,
    [join(dirname(manifest), 'cli.js'), 'install', 'chromium'],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
      timeout: DOWNLOAD_BOUND_MS,
    },
  )
  const [code] = await once(install, 'exit')
  if (code !== 0) throw new Error('`playwright install chromium` did not succeed')
  return playwrightOwn()
}
