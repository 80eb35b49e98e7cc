import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Query } from './components/read-refusal'
import { CookieJar } from './cookie-jar.fixture'
import { doneAt, readDone } from './done-at'

const APP = 'https://app.example.com'
const SESSION = '__Host-authjs.session-token'
const PAGE = '/settings/api-keys'

const world = vi.hoisted(() => ({ jar: null as unknown }))

vi.mock('next/headers', () => ({ cookies: async () => world.jar }))
vi.mock('@/lib/env', () => ({
  env: () => ({ appUrl: 'https://app.example.com', auth: { secret: 'a-secret-of-ours' } }),
}))

beforeEach(() => {
  vi.useRealTimers()
  signInAs('ana')
})

describe('a page says that something was done', () => {
  test('in the browser whose form led to it', async () => {
    expect(await readDone(PAGE, await ledTo(PAGE, 'revoked'))).toBe('revoked')
  })
})

describe('a page says nothing of an address', () => {
  test.each<[how: string, of: (query: Query) => Query | Promise<Query>]>([
    ['that was written by hand', () => ({ done: 'revoked' })],
    ['with a seal that was written by hand', (query) => ({ ...query, sealed: 'e30.AAAA' })],
    ['with no seal at all', ({ done }) => ({ done, sealed: '' })],
    ['with the seal of another word', ({ sealed }) => ({ done: 'made', sealed })],
    ['that leads to another page', () => ledTo('/console', 'revoked')],
    ['with one word twice', ({ done, sealed }) => ({ done: [`${done}`, `${done}`], sealed })],
  ])('%s', async (_, of) => {
    expect(await readDone(PAGE, await of(await ledTo(PAGE, 'revoked')))).toBeNull()
  })

  test('that another visitor was led to', async () => {
    const query = await ledTo(PAGE, 'revoked')
    signInAs('bob')
    expect(await readDone(PAGE, query)).toBeNull()
  })

  test('that is older than a minute', async () => {
    const query = await ledTo(PAGE, 'revoked')
    vi.useFakeTimers({ now: Date.now() + 61_000 })
    expect(await readDone(PAGE, query)).toBeNull()
  })
})

// What these ask is checked against our records, or a cookie, before a word is said.
const CHECKED = ['settings/billing/act.ts', 'sign-in/actions.ts']

test('no form leads to a page with a word that an address alone could bring', () => {
  const here = fileURLToPath(new URL('.', import.meta.url))
  const bare = readdirSync(here, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/\.(test|fixture)\./.test(path))
    .filter((path) =>
      /redirect\([^)]*\?(done|made|saved|added|removed|revoked|sent)=/.test(
        readFileSync(`${here}${path}`, 'utf8'),
      ),
    )
  expect(bare.filter((path) => !CHECKED.includes(path))).toEqual([])
})

async function ledTo(page: string, done: string): Promise<Query> {
  return Object.fromEntries(new URL(await doneAt(page, done), APP).searchParams)
}

function signInAs(who: string) {
  const jar = new CookieJar()
  jar.set(SESSION, `session-of-${who}`)
  world.jar = jar
}
