import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { CookieJar } from '@/app/cookie-jar.fixture'
import { db, disconnect } from '@/db/client'
import { revokedOperator, signedIn, signedInOperator } from '@/lib/operators/viewers.fixture'
import { ROOT } from '@/scripts/stack/paths'

const world = vi.hoisted(() => ({ jar: null as unknown, origin: 'http://localhost:3000' }))

vi.mock('next/headers', () => ({
  cookies: async () => world.jar,
  headers: async () => new Headers({ origin: world.origin, host: 'localhost:3000' }),
}))
// One request is one render: React keeps what it was told until it ends, and here it never does.
vi.mock('react', async (original) => ({
  ...(await original<typeof import('react')>()),
  cache: (read: unknown) => read,
}))

// Read from the folder, so that a page or an act that is added cannot be forgotten.
const FOLDER = join(ROOT, 'app/console')
const FILES = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((path) =>
  /(?<!\.(test|fixture))\.tsx?$/.test(path),
)
const PAGES = FILES.filter((path) => /(^|\/)page\.tsx$/.test(path)).sort()
const ROUTES = FILES.filter((path) => /(^|\/)route\.tsx?$/.test(path))
const ACTS = FILES.filter((path) => /^'use server'/.test(readFileSync(join(FOLDER, path), 'utf8')))

const NOT_THERE = { digest: 'NEXT_HTTP_ERROR_FALLBACK;404' }
const SESSION = 'authjs.session-token'

const viewers = new Map<string, string | null>()
beforeAll(async () => {
  viewers.set('someone who is not signed in', null)
  viewers.set('someone whose cookie is made up', 'x'.repeat(43))
  viewers.set('a user', (await signedIn()).token)
  viewers.set('someone who was an operator', (await revokedOperator()).token)
  viewers.set('an operator', (await signedInOperator()).token)
})
beforeEach(() => {
  world.origin = 'http://localhost:3000'
})
afterAll(disconnect)

const OUTSIDERS = [
  'someone who is not signed in',
  'someone whose cookie is made up',
  'a user',
  'someone who was an operator',
]

test('the folder has pages, acts and files, and nothing else that answers a request by itself', () => {
  expect(PAGES).toContain('page.tsx')
  expect(PAGES).toContain('revenue/page.tsx')
  expect(PAGES).toContain('revenue/customers/page.tsx')
  expect(ROUTES).toEqual(['revenue/export/route.ts'])
  expect(ACTS.length).toBeGreaterThan(1)
  expect(FILES.filter((path) => /(^|\/)(loading|layout|template)\.tsx?$/.test(path))).toEqual([])
})

describe.each(ROUTES)('%s', (path) => {
  const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']
  const asked = [
    'table=bridge',
    'table=customers&of=closing&date=2026-11-01&currency=usd',
    'table=nothing',
  ]

  test('answers nothing but GET', async () => {
    const answers = Object.keys(await import(join(FOLDER, path)))
    expect(answers.filter((name) => METHODS.includes(name))).toEqual(['GET'])
  })

  test.each(OUTSIDERS)('is not there for %s', async (who) => {
    const { GET } = await import(join(FOLDER, path))
    for (const query of asked) {
      as(who)
      const request = new Request(`http://localhost:3000/console/${path}?${query}`)
      await expect(GET(request), query).rejects.toMatchObject(NOT_THERE)
    }
  })

  test('gives an operator a file that no cache keeps', async () => {
    const { GET } = await import(join(FOLDER, path))
    as('an operator')
    const answer = await GET(new Request(`http://localhost:3000/console/${path}?${asked[0]}`))
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
    expect(await answer.text()).toMatch(/^month,currency,plan,opening,/)
  })
})

describe.each(PAGES)('%s', (path) => {
  test.each(OUTSIDERS)('is not there for %s', async (who) => {
    const { default: page, generateMetadata } = await open(path)
    as(who)
    await expect(page(props(path))).rejects.toMatchObject(NOT_THERE)
    // No title says what would be there.
    expect(await generateMetadata()).toEqual({ title: 'Page not found' })
  })

  test('has a title for an operator, and no robot keeps it', async () => {
    const { generateMetadata } = await open(path)
    as('an operator')
    expect(await generateMetadata()).toMatchObject({
      title: expect.stringMatching(/ · Console$/),
      robots: { index: false, follow: false },
    })
  })
})

describe.each(ACTS)('%s', (path) => {
  test.each(OUTSIDERS)(
    'does nothing for %s, who is told that there is no such thing',
    async (who) => {
      const acts = Object.entries(await import(join(FOLDER, path)))
      expect(acts.length).toBeGreaterThan(0)
      const before = await trail()
      for (const [name, act] of acts) {
        as(who)
        const run = act as (form: FormData) => Promise<never>
        await expect(run(new FormData()), name).rejects.toMatchObject(NOT_THERE)
        // Whatever else is wrong with it, too. No form at all: the types rule it out, a sender need not.
        world.origin = 'https://evil.example'
        await expect(run(undefined as never), name).rejects.toMatchObject(NOT_THERE)
        world.origin = 'http://localhost:3000'
      }
      expect(await trail()).toEqual(before)
    },
  )
})

test('an operator who signed in half an hour ago looks at everything, and does nothing', async () => {
  const { token } = await signedInOperator({ minutesAgo: 31 })
  viewers.set('late', token)
  const before = await trail()
  // What signs in again, and what only looks, are no acts.
  const looks = ['sign-in-again.ts', 'health/actions.ts']
  for (const path of ACTS.filter((each) => !looks.includes(each))) {
    for (const [name, act] of Object.entries(await import(join(FOLDER, path)))) {
      const jar = as('late')
      const run = act as (form: FormData) => Promise<never>
      await expect(run(new FormData()), name).rejects.toMatchObject({
        digest: expect.stringMatching(/^NEXT_REDIRECT;.*error=forbidden/),
      })
      expect(jar.getAll().some((cookie) => cookie.name.includes('refusal'))).toBe(true)
    }
  }
  expect(await trail()).toEqual(before)
  as('late')
  const { default: page } = await open('page.tsx')
  expect(await page(props('page.tsx'))).toBeTruthy()
})

test('an act that another site’s page posts is refused', async () => {
  const jar = as('an operator')
  world.origin = 'https://evil.example'
  const { appoint } = await import('@/app/console/operators/actions')
  await expect(appoint(new FormData())).rejects.toMatchObject({
    digest: expect.stringMatching(/error=origin/),
  })
  expect(jar.getAll().length).toBeGreaterThan(1)
})

type PageModule = {
  default: (props: object) => Promise<unknown>
  generateMetadata: () => Promise<object>
}

function open(path: string): Promise<PageModule> {
  return import(join(FOLDER, path))
}

// Any id will do: no one gets as far as to look for it.
function props(path: string) {
  const names = [...path.matchAll(/\[(\w+)\]/g)].map(([, name]) => [name, 'cus_1'])
  return {
    params: Promise.resolve(Object.fromEntries(names)),
    searchParams: Promise.resolve({ q: 'cus_1' }),
  }
}

function as(who: string): CookieJar {
  const token = viewers.get(who)
  const jar = new CookieJar()
  if (token) jar.set({ name: SESSION, value: token })
  world.jar = jar
  return jar
}

async function trail() {
  const [row] = await db().execute(sql`select count(*)::int as rows from audit_log`)
  return row
}
