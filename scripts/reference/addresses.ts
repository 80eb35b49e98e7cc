import { join, relative } from 'node:path'
import { projectFiles } from '@/scripts/project-files'
import { ROOT } from '@/scripts/stack/paths'

export type Address = { path: string; file: string; kind: 'page' | 'route' }

/** Every address of the application, by the files that Next makes them from. */
export function addresses(): Address[] {
  return projectFiles(/^(page|route)\.tsx?$/, 'app')
    .map((file): Address => {
      const folder = relative('app', join(file, '..')).replaceAll('\\', '/')
      return {
        path: `/${folder}`,
        file: relative(ROOT, join(ROOT, file)).replaceAll('\\', '/'),
        kind: /route\.tsx?$/.test(file) ? 'route' : 'page',
      }
    })
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
}
