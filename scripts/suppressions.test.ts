import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT } from './stack/paths'

// Written in two halves, so that this file is not among what it finds.
const SILENCED = [
  'biome-' + 'ignore',
  '@ts-' + 'ignore',
  '@ts-' + 'expect-error',
  '@ts-' + 'nocheck',
]

it('no check is silenced anywhere', () => {
  const found = sources().filter((file) => {
    const text = readFileSync(join(ROOT, file), 'utf8')
    return SILENCED.some((words) => text.includes(words))
  })
  expect(found).toEqual([])
})

it('no test is left out or run alone', () => {
  const left = /\b(it|test|describe)\.(skip|only|todo)\(\s*['"`]/
  const tests = sources().filter((file) => /\.(test|spec)\.tsx?$/.test(file))
  expect(tests.filter((file) => left.test(readFileSync(join(ROOT, file), 'utf8')))).toEqual([])
})

// By walking rather than by asking git, which a machine with only Node does not have.
function sources(folder = ''): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return OURS.test(path) ? sources(path) : []
    return /\.tsx?$/.test(entry.name) ? [path] : []
  })
}

const OURS = /^(app|db|docs|e2e|lib|sandbox|scripts)\b/
