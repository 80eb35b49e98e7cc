import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { projectFiles } from './project-files'
import { ROOT } from './stack/paths'

// Written in two halves, so that this file is not among what it finds.
const SILENCED = [
  'biome-' + 'ignore',
  '@ts-' + 'ignore',
  '@ts-' + 'expect-error',
  '@ts-' + 'nocheck',
]

it('no check is silenced anywhere', () => {
  const found = projectFiles(/\.tsx?$/).filter((file) => {
    const text = readFileSync(join(ROOT, file), 'utf8')
    return SILENCED.some((words) => text.includes(words))
  })
  expect(found).toEqual([])
})

it('no test is left out or run alone', () => {
  const left = /\b(it|test|describe)\.(skip|only|todo)\(\s*['"`]/
  const tests = projectFiles(/\.(test|spec)\.tsx?$/)
  expect(tests.filter((file) => left.test(readFileSync(join(ROOT, file), 'utf8')))).toEqual([])
})
