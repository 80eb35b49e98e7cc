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

it('so does whatever runs or proves it, with the fixtures of tests and without', () => {
  const sources = projectFiles(/\.(tsx?|mjs)$/).filter((file) => !/\.(test|spec)\.tsx?$/.test(file))
  const beside = /^(tests|e2e)\/|\/test\/|\.fixture\./
  for (const files of [sources, sources.filter((file) => !beside.test(file))]) {
    const lengths = files.map(linesOf)
    expect(lengths.length).toBeGreaterThan(1_500)
    expect(median(lengths)).toBeLessThanOrEqual(40)
    expect(quantile(lengths, 0.95)).toBeLessThanOrEqual(150)
  }
})

it('no file is longer than 250 lines, whatever it is for', () => {
  const all = projectFiles(/\.(tsx?|mjs|css)$/).map((file) => ({ file, lines: linesOf(file) }))
  expect(all.filter(({ lines }) => lines > 250)).toEqual([])
})

it('no SQL function outgrows the limit of a source file', () => {
  const long = projectFiles(/\.sql$/, 'db/functions').filter((file) => linesOf(file) > 250)
  expect(long).toEqual([])
})

function linesOf(file: string): number {
  return readFileSync(join(ROOT, file), 'utf8').split('\n').length - 1
}
