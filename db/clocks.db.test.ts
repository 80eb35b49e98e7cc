import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, describe, expect, it, test, vi } from 'vitest'
import { db, disconnect } from '@/db/client'
import { claimEntries, insertEntry } from '@/db/queries/outbox'
import { findSessionUser, insertSession } from '@/db/queries/sessions'
import { insertSignInToken, takeSignInToken } from '@/db/queries/sign-ins'
import { users } from '@/db/schema/auth'

const MINUTE = 60_000
const real = () => performance.timeOrigin + performance.now()

/** What follows happens in a process whose clock is so far ahead, or behind. */
function ahead(milliseconds: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: real() + milliseconds })
}
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * MINUTE)

afterEach(() => {
  vi.useRealTimers()
})
afterAll(disconnect)

describe.each([
  ['writes with a clock that is ahead', 20 * MINUTE, 0],
  ['writes with a clock that is behind', -20 * MINUTE, 0],
  ['reads with a clock that is ahead', 0, 20 * MINUTE],
  ['reads with a clock that is behind', 0, -20 * MINUTE],
])('a server that %s', (name, writer, reader) => {
  // breakage: two servers' clocks differ, from each other's and from the database's | nothing: a link, a session and a mail last as long as they should
  it('lets a sign-in link work for its fifteen minutes, and no longer', async () => {
    ahead(writer)
    const good = { identifier: `${name}@example.test`, token: 'good' }
    const over = { identifier: `${name}@example.test`, token: 'over' }
    await insertSignInToken({ ...good, expires: inMinutes(15) })
    await insertSignInToken({ ...over, expires: inMinutes(-0.1) })
    ahead(reader)
    const late = await takeSignInToken(over.identifier, over.token)
    expect(Number(late?.expires)).toBeLessThan(Date.now())
    const used = await takeSignInToken(good.identifier, good.token)
    const left = Number(used?.expires) - Date.now()
    expect(left).toBeGreaterThan(14 * MINUTE)
    expect(left).toBeLessThan(15.1 * MINUTE)
  })

  it('ends a session when it is over, and not before', async () => {
    const [user] = await db()
      .insert(users)
      .values({ email: `${name}.session@example.test` })
      .returning()
    const userId = user?.id ?? ''
    ahead(writer)
    await insertSession({ sessionToken: `${name} lasts`, userId, expires: inMinutes(10) })
    await insertSession({ sessionToken: `${name} over`, userId, expires: inMinutes(-0.1) })
    ahead(reader)
    expect((await findSessionUser(`${name} lasts`))?.id).toBe(userId)
    expect(await findSessionUser(`${name} over`)).toBeNull()
  })

  it('sends what is still worth sending, and nothing else', async () => {
    ahead(writer)
    const kind = name
    for (const minutes of [10, -0.1]) {
      const payload = { minutes, expiresAt: inMinutes(minutes).toISOString() }
      await insertEntry(db(), { entryKey: `${name} ${minutes}`, kind, targetKey: null, payload })
    }
    ahead(reader)
    const claimed = await claimEntries(kind, 10)
    const over = new Map(claimed.map(({ payload, isOver }) => [payload.minutes, isOver]))
    expect([over.get(10), over.get(-0.1)]).toEqual([false, true])
  })
})

// Instants of ours may be stored as business time, or turned into the database's own; never compared with a row.
test('no query compares with the clock of the process that sends it', () => {
  const folder = fileURLToPath(new URL('queries', import.meta.url))
  for (const file of readdirSync(folder).filter((name) => !/\.test\.ts$/.test(name))) {
    expect(readFileSync(join(folder, file), 'utf8'), file).not.toMatch(/new Date\(\)|Date\.now\(/)
  }
})
