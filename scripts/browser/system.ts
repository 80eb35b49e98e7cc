import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { type BrowserLaunch, launchOf } from './launch'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

// Where installers put Chrome on systems that do not put it on the PATH.
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
]

/** Every Chromium or Chrome that this machine has installed, in the order of the PATH. */
export async function systemBrowsers(): Promise<BrowserLaunch[]> {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  const onPath = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)))
  const present = await Promise.all([...onPath, ...PLACES].map(isExecutable))
  return [...onPath, ...PLACES].filter((_, at) => present[at]).map((path) => launchOf(path))
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}
