import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { median, quantile } from '../bench/measure/quantile'
import { projectFiles } from './project-files'
import { ROOT } from './stack/paths'

it('what ships stands in short files: half within 40 lines, all but a few within 150', () => {
  const lengths = projectFiles(/\.tsx?$/)
    .filter((file) => /^(app|db|lib)\//.test(file) && !/\.(test|fixture)\.tsx?$/.test(file))
    .map((file) => readFileSync(join(ROOT, file), 'utf8').split('\n').length - 1)
  expect(lengths.length).toBeGreaterThan(500)
  expect(median(lengths)).toBeLessThanOrEqual(40)
  expect(quantile(lengths, 0.95)).toBeLessThanOrEqual(150)
})

it('no SQL function outgrows the limit of a source file', () => {
  const long = projectFiles(/\.sql$/, 'db/functions').filter(
    (file) => readFileSync(join(ROOT, file), 'utf8').split('\n').length > 251,
  )
  expect(long).toEqual([])
})
