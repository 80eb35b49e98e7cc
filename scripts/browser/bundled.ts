import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BrowserLaunch, launchOf } from './launch'
import { unpack } from './unpack'

const require = createRequire(import.meta.url)

const CACHE = fileURLToPath(new URL('../../.cache', import.meta.url))

/**
 * The Chromium that comes from the package registry as `@sparticuz/chromium`: Linux on x64 only.
 * Only its archives are used. Its loader and its arguments are made for Lambda: one of them crashes
 * here, and another one hides CORS and CSP mistakes.
 */
export async function bundledBrowser(cache = CACHE): Promise<BrowserLaunch[]> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return []
  const home = packageHome()
  const folder = join(cache, await folderName(home))
  await unpack(join(home, 'bin'), folder)
  const env = {
    LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
    // Without a font Chromium aborts at the first text.
    FONTCONFIG_FILE: join(folder, 'fonts.conf'),
  }
  return [launchOf(join(folder, 'chromium'), env)]
}

/** Its entry is build/cjs/index.cjs; its exports hide the manifest, which would be easier to find. */
function packageHome(): string {
  return join(dirname(require.resolve('@sparticuz/chromium')), '..', '..')
}

/** With the version in it, so that an update unpacks anew. */
async function folderName(home: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8'))
  return `chromium-${version}`
}
