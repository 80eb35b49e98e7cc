import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT } from './stack/paths'

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')

type Row = {
  number: string
  threat: string
  answer: string
  tests: [path: string, title: string][]
}

const rows: Row[] = read('docs/security.md')
  .split('\n')
  .filter((line) => /^\| X\d/.test(line))
  .map((line) => {
    const [, number = '', threat = '', answer = '', tests = ''] = line
      .split('|')
      .map((cell) => cell.trim())
    return { number, threat, answer, tests: testsOf(tests) }
  })

// `path`: words of the title; `path`: …
function testsOf(cell: string): [string, string][] {
  return cell.split('; `').map((part) => {
    const [, path = '', title = ''] = /^`?([^`]+)`: (.+)$/.exec(part) ?? []
    return [path, title]
  })
}

it('docs/security.md has a row for each of the forty-four threats, in order, with an answer and a test', () => {
  expect(rows.map(({ number }) => number)).toEqual(
    Array.from({ length: 44 }, (_, n) => `X${n + 1}`),
  )
  for (const { number, threat, answer, tests } of rows) {
    expect(threat, number).not.toBe('')
    expect(answer, number).not.toBe('')
    expect(tests.length, number).toBeGreaterThan(0)
  }
})

it.each(rows)(
  'the tests that are named against $number exist, by the words of their titles',
  ({ tests }) => {
    for (const [path, title] of tests) {
      expect(path).toMatch(/\.(test|spec)\.ts$/)
      expect(existsSync(join(ROOT, path)), path).toBe(true)
      expect(titlesIn(path), `${path}: ${title}`).toContain(title)
    }
  },
)

// Texts in quotes only: a word of a comment is no test. A title may run over several of them.
function titlesIn(path: string): string {
  const texts = [...read(path).matchAll(/'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`([^`]*)`/g)]
  return texts.map(([, single, double, template]) => single ?? double ?? template).join('\n')
}
