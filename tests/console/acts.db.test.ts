import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inArray, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { CookieJar } from '@/app/cookie-jar.fixture'
import { db } from '@/db/client'
import { auditLog } from '@/db/schema/audit'
import { shopForFile } from '@/lib/checkout/shop-for-file.fixture'
import { signedInOperator } from '@/lib/operators/viewers.fixture'
import { ROOT } from '@/scripts/stack/paths'
import { ACTS, type Act } from './acts'

const world = vi.hoisted(() => ({ jar: null as unknown }))

vi.mock('next/headers', () => ({
  cookies: async () => world.jar,
  headers: async () => new Headers({ origin: 'http://localhost:3000', host: 'localhost:3000' }),
}))
// What follows an answer is no part of the act.
vi.mock('next/server', () => ({ after: () => {} }))
// One request is one render: React keeps what it was told until it ends, and here it never does.
vi.mock('react', async (original) => ({
  ...(await original<typeof import('react')>()),
  cache: (read: unknown) => read,
}))

const FOLDER = join(ROOT, 'app/console')
// What signs in again, and what only looks.
const NO_ACTS = ['sign-in-again.ts', 'health/actions.ts']

shopForFile()
let ana: Awaited<ReturnType<typeof signedInOperator>>
let ben: typeof ana
beforeEach(async () => {
  ana = await signedInOperator()
  ben = await signedInOperator()
})

test('every act of the console is among these', async () => {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter(
    (path) =>
      /\.tsx?$/.test(path) && /^'use server'/.test(readFileSync(join(FOLDER, path), 'utf8')),
  )
  const found = files
    .filter((path) => !NO_ACTS.includes(path))
    .map(async (path) =>
      Object.keys(await import(join(FOLDER, path))).map((name) => `${path} ${name}`),
    )
  const all = (await Promise.all(found)).flat()
  expect(all.toSorted()).toEqual(ACTS.map(({ path, name }) => `${path} ${name}`).toSorted())
})

describe.each(ACTS)('$name', (act) => {
  test('is refused without a reason, and done once for a double click and for a page that was come back to, on record with who and why', async () => {
    const fields = await act.fields()
    for (const reason of ['', '  ', 'no', 'x'.repeat(501)])
      expect(await press(act, ana, { ...fields, reason })).toContain('error=')
    expect(await rowsOf(ana)).toEqual([])
    const both = await Promise.all([press(act, ana, fields), press(act, ana, fields)])
    const back = await press(act, ana, fields)
    // A second one says so, or that nothing of it is left.
    expect(both.filter((to) => to.includes(`done=${act.done}`))).toHaveLength(1)
    expect(back).not.toContain(`done=${act.done}`)
    const asked = (await rowsOf(ana)).filter(({ action }) => action === act.action)
    expect(asked).toMatchObject([
      { actor: { type: 'operator', id: ana.userId }, after: { reason: fields.reason } },
    ])
  })

  test('is not done by another from a tab that still shows how it was', async () => {
    const fields = await act.fields()
    expect(await press(act, ana, fields)).toContain(`done=${act.done}`)
    expect(await press(act, ben, { ...fields, reason: 'I saw it, too' })).toContain('error=')
    expect(await rowsOf(ben)).toEqual([])
  })
})

/** Where the press of a form leads. */
async function press(
  { path, name }: Act,
  who: typeof ana,
  fields: Record<string, string>,
): Promise<string> {
  const jar = new CookieJar()
  jar.set({ name: 'authjs.session-token', value: who.token })
  world.jar = jar
  const form = new FormData()
  for (const [field, value] of Object.entries(fields)) form.set(field, value)
  const acts: Record<string, (form: FormData) => Promise<never>> = await import(join(FOLDER, path))
  try {
    return await (acts[name] ?? expect.unreachable())(form)
  } catch (error) {
    const { digest = '' } = error as { digest?: string }
    if (digest.startsWith('NEXT_REDIRECT')) return digest
    throw error
  }
}

/** What the trail says that they did. */
function rowsOf(...who: { userId: string }[]) {
  const actor = sql<string>`${auditLog.actor}->>'id'`
  return db()
    .select()
    .from(auditLog)
    .where(
      inArray(
        actor,
        who.map(({ userId }) => userId),
      ),
    )
}
