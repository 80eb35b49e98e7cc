import { readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT } from '@/scripts/stack/paths'
import { SOAK_STORIES, SOAK_TESTS } from './soaks'

const stories = SOAK_STORIES.map((name) => `e2e/${name}`)

it.each([...SOAK_TESTS, ...stories])('what the short run leaves out is there: %s', (pattern) => {
  expect(filesOf(pattern)).not.toEqual([])
})

it('the way from the pricing page to a plan and out of it is in the short run', () => {
  const out = stories.flatMap(filesOf)
  for (const story of ['story', 'activation', 'upgrade', 'verbs', 'sign-in', 'threats']) {
    const file = `e2e/${story}.spec.ts`
    expect(filesOf(file)).toEqual([file])
    expect(out).not.toContain(file)
  }
})

// A pattern is a path, or `*` before the end of a name.
function filesOf(pattern: string): string[] {
  const [before = '', end = ''] = basename(pattern).split('*')
  const folder = dirname(pattern)
  return readdirSync(join(ROOT, folder))
    .filter((name) =>
      pattern.includes('*') ? name.endsWith(end) && name.startsWith(before) : name === before,
    )
    .map((name) => join(folder, name))
}
