import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { STATES } from '@/app/dev/states/fixtures'
import { cardStrip } from '@/app/settings/billing/card-strip'
import { COMING_KINDS, comingStrip } from '@/app/settings/billing/coming-strip'
import { stateStrips } from '@/app/settings/billing/state-strips'
import { STRIP_KINDS } from '@/app/settings/billing/strip'
import { ROOT } from '@/scripts/stack/paths'
import { REMEDIES, STRIP_STORIES } from './stories'

// They bring next-auth along, which only a bundler resolves.
vi.mock('@/app/settings/billing/acts', () => ({}))
vi.mock('@/app/settings/billing/actions', () => ({}))

const KINDS = [...STRIP_KINDS, ...COMING_KINDS]

function isTold(told: (typeof STRIP_STORIES)[keyof typeof STRIP_STORIES]) {
  if ('unreachable' in told) return expect(told.unreachable).not.toBe('')
  const text = readFileSync(join(ROOT, 'e2e', told.file), 'utf8')
  expect(text).toContain(`'${told.story}'`)
}

describe('the strip above a plan that says', () => {
  test.each(KINDS)('%s has a story in which its remedy is pressed', (kind) => {
    isTold(STRIP_STORIES[kind])
  })
})

// From the gallery of states, which has one of each: a button that is added there has no story yet.
const BUTTONS = STATES.flatMap(({ billing }) => {
  const strips = [...stateStrips(billing), cardStrip(billing)].flatMap((strip) => strip ?? [])
  const coming = comingStrip(billing)?.kind
  return [
    ...strips.flatMap(({ kind, action, also, out }) =>
      [action, also, out].flatMap((each) => (each ? [`${kind} ${each.to}`] : [])),
    ),
    ...(coming === 'planned' ? ['planned undo'] : []),
    ...(coming === 'waits' ? ['waits pay', 'waits card'] : []),
  ]
})

describe('the button of the strip that says', () => {
  test.each([...new Set(BUTTONS)].sort())('%s is pressed in a story', (button) => {
    const told = Object.entries(REMEDIES).find(([name]) => name === button)?.[1]
    if (!told) return expect.unreachable('It has no story.')
    isTold(told)
  })
})

test.each(['strips.spec.ts', 'strip-buttons.spec.ts'])(
  'each story of %s is the story of some strip or button',
  (file) => {
    const text = readFileSync(join(ROOT, 'e2e', file), 'utf8')
    const told = [...text.matchAll(/^test\('([^']+)'/gm)].map(([, name]) => name)
    const named = [...Object.values(STRIP_STORIES), ...Object.values(REMEDIES)].flatMap((each) =>
      'story' in each ? [each.story] : [],
    )
    for (const name of told) expect(named).toContain(name)
  },
)
