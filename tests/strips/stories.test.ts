import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { STRIP_KINDS } from '@/app/settings/billing/strip'
import { ROOT } from '@/scripts/stack/paths'
import { STRIP_STORIES } from './stories'

const KINDS = [...STRIP_KINDS, 'planned', 'waits'] as const

describe('the strip above a plan that says', () => {
  test.each(KINDS)('%s has a story in which its remedy is pressed', (kind) => {
    const told = STRIP_STORIES[kind]
    if ('unreachable' in told) return expect(told.unreachable).not.toBe('')
    const text = readFileSync(join(ROOT, 'e2e', told.file), 'utf8')
    expect(text).toContain(`'${told.story}'`)
  })
})

test('each story of the file of strips is the story of some strip', () => {
  const text = readFileSync(join(ROOT, 'e2e', 'strips.spec.ts'), 'utf8')
  const told = [...text.matchAll(/^test\('([^']+)'/gm)].map(([, name]) => name)
  const named = Object.values(STRIP_STORIES).flatMap((each) =>
    'story' in each ? [each.story] : [],
  )
  for (const name of told) expect(named).toContain(name)
})
