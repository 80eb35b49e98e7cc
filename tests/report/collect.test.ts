import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT } from '@/scripts/stack/paths'
import { breakagesIn, collectBreakages } from './collect'
import { PAGES } from './parts'
import { breakagePage, type PagePath } from './table'

// Safe: the keys of PAGES are its paths.
const PATHS = Object.keys(PAGES) as PagePath[]

it.each(PATHS)('%s has what the tests say: `npm run breakage` writes it', (path) => {
  const page = readFileSync(join(ROOT, path), 'utf8')
  expect(page).toBe(breakagePage(path))
  // What grows beyond that gets a page of its own in parts.ts.
  expect(page.split('\n').length).toBeLessThan(200)
})

it('each failure stands on one page, once', () => {
  const pages = PATHS.map(breakagePage).join('\n')
  const rows = pages.split('\n').filter((line) => /^\| (?!what fails|---)/.test(line))
  expect(rows).toHaveLength(collectBreakages().length)
})

it('a test says in the line above itself what fails and what is seen of it', () => {
  const source = [
    '  // breakage: Redis is down | Nothing',
    "  it('goes on without Redis', async () => {",
    '  // breakage: Postgres is cut | 503; Stripe sends again',
    '  it.each([1, 2])(',
    "    'an event that cannot be stored in try %i is asked for again',",
    '    async () => {',
  ]
  expect(breakagesIn('a.test.ts', source.join('\n'))).toEqual([
    {
      failure: 'Redis is down',
      sees: 'Nothing',
      file: 'a.test.ts',
      test: 'goes on without Redis',
    },
    {
      failure: 'Postgres is cut',
      sees: '503; Stripe sends again',
      file: 'a.test.ts',
      test: 'an event that cannot be stored in try %i is asked for again',
    },
  ])
})

it.each([
  '// breakage: only one part\nit("has a title", () => {',
  '// breakage: a | b\nconst x = 1',
])('a line that proves nothing is refused: %j', (source) => {
  expect(() => breakagesIn('a.test.ts', source)).toThrow('a.test.ts:1 wants')
})
