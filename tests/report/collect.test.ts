import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT } from '@/scripts/stack/paths'
import { breakagesIn } from './collect'
import { breakageTable, MARKS } from './table'

it('docs/reliability.md has what the tests say: `npm run breakage` writes it', () => {
  const page = readFileSync(join(ROOT, 'docs/reliability.md'), 'utf8')
  const [, written] = page.split(MARKS.begin)
  expect(written?.split(MARKS.end)[0]?.trim()).toBe(breakageTable())
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
