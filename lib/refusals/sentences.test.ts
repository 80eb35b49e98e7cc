import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ROOT } from '@/scripts/stack/paths'
import { AWAY } from './away'
import { CARD } from './card'
import { CONFLICTS } from './conflicts'
import { INVALID } from './invalid'
import { NOT_FOUND } from './not-found'
import { PLAN } from './plan'
import type { Sentence } from './sentence'
import { isReason, SENTENCES } from './sentences'
import { FORBIDDEN, NOT_SIGNED_IN, SIGNED_IN_AGAIN, SIGNED_OUT } from './sign-in'
import { TOO_MANY } from './too-many'

const TABLES = [
  ...[SIGNED_OUT, FORBIDDEN, NOT_FOUND, CONFLICTS, INVALID],
  ...[TOO_MANY, CARD, PLAN, AWAY, NOT_SIGNED_IN, SIGNED_IN_AGAIN],
]
const every: [string, Sentence][] = Object.entries(SENTENCES)

describe('every refusal', () => {
  test.each(every)('%s says what happened, and what to do', (reason, { title, advice }) => {
    expect(title).toMatch(/^[A-Z].+\.$/)
    expect(advice).toMatch(/^[A-Z].+\.$/)
    expect(advice.includes('{wait}')).toBe(Object.hasOwn(TOO_MANY, reason))
    expect(advice.includes('{plan}')).toBe(Object.hasOwn(PLAN, reason))
  })

  test('has a sentence of its own', () => {
    const titles = every.map(([, { title }]) => title)
    expect(new Set(titles).size).toBe(titles.length)
  })

  test('has a name that stands for it alone', () => {
    const names = TABLES.flatMap((table) => Object.keys(table))
    expect(new Set(names).size).toBe(names.length)
  })

  test.each(['toString', '__proto__', 'constructor', '', null, ['no_billing']])(
    '%j is the name of none',
    (word) => {
      expect(isReason(word)).toBe(false)
    },
  )
})

const sources = ['app', 'db', 'lib'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/\.(test|fixture)\./.test(path))
    .map((path) => ({
      path: `${folder}/${path}`,
      text: readFileSync(join(ROOT, folder, path), 'utf8'),
    })),
)

test('each reason is one that something is refused for', () => {
  const spoken = sources.filter(({ path }) => !path.startsWith('lib/refusals/'))
  const text = spoken.map((source) => source.text).join('\n')
  // Made of a provider's name, in lib/auth/sign-in.ts.
  const named = (reason: string) =>
    /^(github|google)_off$/.test(reason) || text.includes(`'${reason}'`)
  expect(Object.keys(SENTENCES).filter((reason) => !named(reason))).toEqual([])
})

test('words that no page shows are thrown only where no person waits', () => {
  const thrown = sources.filter(({ text }) => /\(\{\s*internal:/.test(text))
  expect(thrown.map(({ path }) => path).sort()).toEqual([
    // Programs.
    'app/api/caller-route.ts',
    'lib/api-keys/authenticate.ts',
    // A command, and a retirement that only a command may ask for in such a case.
    'lib/customers/retire.ts',
    'lib/events/target.ts',
    'lib/ids.ts',
    // Commands of operators.
    'lib/overrides/check.ts',
    'lib/overrides/decide.ts',
    'lib/overrides/extend.ts',
    'lib/overrides/revoke.ts',
    'lib/price-moves/route.ts',
    // What a person asks for is never held up by it.
    'lib/redis/pace-read.ts',
    'lib/retention/erase-person.ts',
    'lib/retention/require-no-plan.ts',
    'lib/retention/require-no-team.ts',
    // Deliveries, which Stripe reads.
    'lib/stripe/verify.ts',
    // Programs.
    'lib/usage/count.ts',
    'lib/usage/reserve.ts',
    'lib/webhooks/read-body.ts',
    'lib/webhooks/replay.ts',
  ])
})
