import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { projectFiles } from '@/scripts/project-files'
import { ROOT } from '@/scripts/stack/paths'

/** Each source file of ours, with the files of ours that it imports; types are imports, too. */
export function importGraph(): Map<string, string[]> {
  const files = projectFiles(/\.tsx?$/)
  const known = new Set(files)
  return new Map(
    files.map((file) => {
      const source = readFileSync(join(ROOT, file), 'utf8')
      const names = [...source.matchAll(IMPORT)].map(([, name = '']) => name)
      return [file, names.flatMap((name) => resolveImport(file, name, known) ?? [])]
    }),
  )
}

/** The file of ours that an import names; null where it is a package's. */
export function resolveImport(from: string, name: string, known: Set<string>): string | null {
  const path = name.startsWith('@/') ? name.slice(2) : join(dirname(from), name)
  return [path, `${path}.ts`, `${path}.tsx`].find((one) => known.has(one)) ?? null
}

export function isForTests(file: string): boolean {
  return /\.(test|spec|fixture)\.tsx?$/.test(file)
}

// Of our own files only; sources are formatted, so that no import is written in another way.
const IMPORT = /(?:from |import |import\()'((?:@\/|\.)[^']+)'/g
