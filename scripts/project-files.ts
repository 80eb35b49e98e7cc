import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './stack/paths'

/** The project's own files whose names match, as paths from its root. */
export function projectFiles(name: RegExp, folder = ''): string[] {
  // By walking rather than by asking git, which a machine with only Node does not have.
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return OURS.test(path) ? projectFiles(name, path) : []
    return name.test(entry.name) ? [path] : []
  })
}

const OURS = /^(app|bench|db|docs|e2e|lib|sandbox|scripts|tests)\b/
