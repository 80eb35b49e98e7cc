import { bundledBrowser } from './bundled'
import { type BrowserLaunch, launchOf } from './launch'
import { downloadPlaywrightOwn, playwrightOwn } from './playwright-own'
import { systemBrowsers } from './system'
import { whyUnusable } from './why-unusable'

const SOURCES: [string, () => Promise<BrowserLaunch[]>][] = [
  ["Playwright's own", playwrightOwn],
  ['an installed Chromium or Chrome', systemBrowsers],
  ['the one in node_modules', bundledBrowser],
  ['a download by Playwright', downloadPlaywrightOwn],
]

/**
 * A Chromium that works on this machine: the one that CHROMIUM_PATH names, else the first of the
 * sources above that draws a page. Give `executablePath` and `args` to Playwright, and `env` on top
 * of `process.env`.
 * @throws {Error} when CHROMIUM_PATH does not work, or when nothing does, with every reason
 */
export async function provideBrowser(): Promise<BrowserLaunch> {
  const given = process.env.CHROMIUM_PATH
  if (given) return givenBrowser(given)
  const reasons: string[] = []
  for (const [source, find] of SOURCES) {
    const found = await find().catch((error: Error) => error)
    if (found instanceof Error) reasons.push(`${source}: ${found.message}`)
    else if (found.length === 0) reasons.push(`${source}: none here`)
    else {
      for (const launch of found) {
        const reason = await whyUnusable(launch)
        if (reason === null) return launch
        reasons.push(`${source}: ${launch.executablePath}: ${reason}`)
      }
    }
  }
  throw new Error(
    `No browser for the tests. Install Chromium or Chrome, or set CHROMIUM_PATH. Tried:\n${reasons
      .map((reason) => `  - ${reason}`)
      .join('\n')}`,
  )
}

/** A browser that is named is the one: falling back in silence would test another than was asked for. */
async function givenBrowser(path: string): Promise<BrowserLaunch> {
  const launch = launchOf(path)
  const reason = await whyUnusable(launch)
  if (reason === null) return launch
  throw new Error(`CHROMIUM_PATH is ${path}, which does not work: ${reason}. Correct or remove it.`)
}
