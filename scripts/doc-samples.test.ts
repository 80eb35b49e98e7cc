import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { POINTS } from '@/tests/crash/crash-points'
import { projectFiles } from './project-files'
import { ROOT } from './stack/paths'

const sources = projectFiles(/\.tsx?$/).map((path) => ({ path, lines: trimmed(read(path)) }))

/**
 * What a document shows in TypeScript is compiled: each paragraph of a block stands in one source file, line
 * by line. Most of these files are in `docs/samples`.
 */
it.each(samples())('%s shows code that is compiled: %s', (_document, _first, block) => {
  const paragraphs = block.split(/\n\s*\n/).flatMap(withoutImports)
  const found = sources.filter(({ lines }) => paragraphs.every((each) => contains(lines, each)))
  expect(found.map(({ path }) => path).slice(0, 1), block).toHaveLength(1)
})

it('imports in the samples of the documents come from where they say', () => {
  const imports = samples().flatMap(([, , block]) => block.match(/^import .*$/gm) ?? [])
  expect(imports.filter((line) => !sources.some(({ lines }) => lines.includes(line)))).toEqual([])
})

it.each(goodOnes())('STYLE.md quotes %s as it stands', (path, quoted) => {
  const lines = trimmed(read(path))
  const missing = trimmed(quoted).filter((line) => !lines.some((real) => real.includes(line)))
  expect(missing).toEqual([])
})

it('README.md and STYLE.md count what there is', () => {
  expect(read('README.md')).toContain(`\`kill -9\` at ${POINTS.length} points of an event's path`)
  const codes = /type BillingErrorCode =\n((?: {2}\| '\w+'\n)+)/.exec(read('lib/errors.ts'))?.[1]
  expect(codes?.trim().split('\n')).toHaveLength(8)
  expect(read('STYLE.md')).toContain('There are eight errors, in `lib/errors.ts`.')
})

type Sample = [document: string, first: string, block: string]

function samples(): Sample[] {
  return projectFiles(/\.md$/)
    .filter((path) => path !== 'STYLE.md')
    .flatMap((path) =>
      [...read(path).matchAll(/^```tsx?\n([\s\S]*?)^```/gm)].map(
        ([, block = '']): Sample => [
          path,
          withoutImports(block.trimEnd())[0]?.split('\n')[0] ?? '',
          block,
        ],
      ),
    )
}

// From `// Good: path` to the next blank line, sample or end.
function goodOnes(): [path: string, quoted: string][] {
  const blocks = [
    ...read('STYLE.md').matchAll(/^\/\/ Good: (\S+\.tsx?)\n([\s\S]*?)(?=^```|^\n|^\/\/ Bad)/gm),
  ]
  return blocks.map(([, path = '', quoted = '']) => [path, quoted])
}

// A formatter sorts imports among others, so they are looked up line by line.
function withoutImports(paragraph: string): string[] {
  const rest = paragraph.replace(/^import .*\n?/gm, '').replace(/^\n+/, '')
  return rest.trim() === '' ? [] : [rest]
}

function contains(lines: string[], paragraph: string): boolean {
  const wanted = trimmed(paragraph)
  return lines.some((_, at) => wanted.every((line, n) => lines[at + n] === line))
}

function trimmed(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}
