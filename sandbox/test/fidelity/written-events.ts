import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The names of the events that the sandbox's own source can emit. */
export function writtenEvents(): string[] {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  const source = files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n')
  const names = Array.from(source.matchAll(/emit\(\s*'([a-z_.]+)'/g), ([, name]) => name ?? '')
  return [...new Set(names)].filter((name) => !name.startsWith('sandbox.')).sort()
}
