import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { median, quantile } from '../bench/measure/quantile'
import { projectFiles } from './project-files'
import { ROOT } from './stack/paths'

it('what ships stands in short files: half within 40 lines, all but a few within 150', () => {
  const lengths = projectFiles(/\.tsx?$/)
    .filter((file) => /^(app|db|lib)\//.test(file) && !/\.(test|fixture)\.tsx?$/.test(file))
    .map(linesOf)
  expect(lengths.length).toBeGreaterThan(500)
  expect(median(lengths)).toBeLessThanOrEqual(40)
  expect(quantile(lengths, 0.95)).toBeLessThanOrEqual(150)
})

it('whatever runs or proves it stands in short files, too: all but a few within 150 lines, none beyond 250', () => {
  const all = projectFiles(/\.(tsx?|css)$/).map((file) => ({ file, lines: linesOf(file) }))
  const sources = all.filter(({ file }) => !/\.(test|spec|fixture)\.tsx?$/.test(file))
  expect(sources.length).toBeGreaterThan(1_500)
  expect(
    quantile(
      sources.map(({ lines }) => lines),
      0.95,
    ),
  ).toBeLessThanOrEqual(150)
  expect(all.filter(({ lines }) => lines > 250)).toEqual([])
})

it('no SQL function outgrows the limit of a source file', () => {
  const long = projectFiles(/\.sql$/, 'db/functions').filter((file) => linesOf(file) > 250)
  expect(long).toEqual([])
})

function linesOf(file: string): number {
  return readFileSync(join(ROOT, file), 'utf8').split('\n').length - 1
}
