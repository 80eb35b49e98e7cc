import { type AddressInfo, createServer } from 'node:net'
import { sql } from 'drizzle-orm'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { db, disconnect, inTransaction } from '@/db/client'
import { rowsOf } from '@/db/rows-of'
import { users } from '@/db/schema/auth'
import { within } from '@/lib/deadline'
import { Conflict, Unavailable } from '@/lib/errors'
import { startPooler } from '@/tests/harness/faults/pooler'
import { startWire } from '@/tests/harness/faults/wire'

const place = vi.hoisted(() => ({ url: '', given: '' }))

vi.mock(import('@/lib/env'), async (original) => {
  const { env } = await original()
  place.given = env().databaseUrl
  return { env: () => ({ ...env(), databaseUrl: place.url || place.given }) }
})

const stops: (() => unknown)[] = []

afterEach(async () => {
  await disconnect()
  for (const stop of stops.splice(0)) await stop()
  place.url = ''
})

function direct(): URL {
  return new URL(place.given)
}

function through(port: number): void {
  place.url = Object.assign(direct(), { host: `127.0.0.1:${port}` }).href
}

describe.each(['1.18', '1.25'] as const)('behind a pooler as PgBouncer %s', (kind) => {
  // breakage: a pooler gives a backend away while more was asked behind the last answer | nothing: a connection carries one query at a time
  it('twelve queries at once, with parameters and without, are all answered', async () => {
    const pooler = await startPooler(direct().href, { kind })
    stops.push(pooler.close)
    through(pooler.port)
    for (let round = 0; round < 25; round += 1) {
      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, n) =>
          n % 2 ? db().execute(sql`select ${n}::int as n`) : db().execute(sql`select 1 as n`),
        ),
      )
      expect(answers.map(([row]) => row?.n)).toEqual([1, 1, 1, 3, 1, 5, 1, 7, 1, 9, 1, 11])
    }
    expect(pooler.strayed()).toBe(0)
  })

  it('thirty transactions over a single backend, with savepoints and queries beside them, all end', async () => {
    const pooler = await startPooler(direct().href, { kind, size: 1 })
    stops.push(pooler.close)
    through(pooler.port)
    const both = Array.from({ length: 30 }, (_, n) =>
      Promise.all([
        inTransaction(async (tx) => {
          const [one] = await tx.execute(sql`select ${n}::int as n`)
          const two = await tx.transaction((inner) => inner.execute(sql`select ${n}::int as n`))
          return [one?.n, two[0]?.n]
        }),
        rowsOf<{ n: number }>(sql`select ${n}::int as n`),
      ]),
    )
    const answers = await within({ answer: 20_000, query: 15_000 }, () => Promise.all(both))
    expect(answers.map(([kept, [row]]) => [...kept, row?.n])).toEqual(
      Array.from({ length: 30 }, (_, n) => [n, n, n]),
    )
  })
})

describe('a transaction', () => {
  it('is rolled back when something in it throws, and the caller gets that error', async () => {
    const ada = { email: 'taken-back@example.test' }
    const thrown = inTransaction(async (tx) => {
      await tx.insert(users).values(ada)
      throw new Conflict({ internal: 'No.' })
    })
    await expect(thrown).rejects.toThrow(Conflict)
    expect(await listed(ada.email)).toEqual([])
  })

  it('takes back to a savepoint what failed after it, and keeps the rest', async () => {
    const [kept, gone] = ['kept@example.test', 'gone@example.test']
    await inTransaction(async (tx) => {
      await tx.insert(users).values({ email: kept })
      const inner = tx.transaction(async (deeper) => {
        await deeper.insert(users).values({ email: gone })
        await deeper.execute(sql`select 1 / 0`)
      })
      await inner.catch(() => {})
    })
    expect([await listed(kept), await listed(gone)]).toEqual([[{ email: kept }], []])
  })

  it('fails when a statement in it failed and the error was ignored', async () => {
    const done = inTransaction(async (tx) => {
      await tx.execute(sql`select 1 / 0`).catch(() => {})
    })
    await expect(done).rejects.toThrow('rolled back')
  })

  it('refuses a statement once it is over', async () => {
    let kept: Parameters<Parameters<typeof inTransaction>[0]>[0] | undefined
    await inTransaction(async (tx) => {
      kept = tx
    })
    await expect(kept?.execute(sql`select 1`)).rejects.toMatchObject({
      cause: { message: 'The transaction is over.' },
    })
  })

  it('sets limits that Postgres keeps by itself, and only for as long as it lasts', async () => {
    const limits = sql`select current_setting('statement_timeout') as statement,
      current_setting('lock_timeout') as lock, current_setting('idle_in_transaction_session_timeout') as idle`
    const inside = await within({ answer: 9_000, query: 3_000 }, () =>
      inTransaction((tx) => tx.execute(limits)),
    )
    expect([...inside]).toEqual([{ statement: '3s', lock: '2s', idle: '3s' }])
    expect([...(await db().execute(limits))]).toEqual([{ statement: '0', lock: '0', idle: '0' }])
  })

  // breakage: the connection of an open transaction breaks between two of its statements | it is taken back whole; what is left of it runs nowhere
  it('runs what is left of it nowhere, when its connection breaks between two statements', async () => {
    const wire = await startWire(Number(direct().port), direct().hostname)
    stops.push(wire.close)
    through(wire.port)
    const [first, second] = ['first@example.test', 'second@example.test']
    let rest: Promise<unknown> | undefined
    const broken = inTransaction(async (tx) => {
      await tx.insert(users).values({ email: first })
      wire.cut()
      wire.mend()
      rest = (async () => {
        // Meanwhile others have new connections, one of them perhaps in this one's place.
        await expect
          .poll(() =>
            db()
              .execute(sql`select 1`)
              .catch(() => null),
          )
          .not.toBeNull()
        await tx.insert(users).values({ email: second })
      })()
      await rest
    })
    await expect(broken).rejects.toThrow(Unavailable)
    await expect(rest).rejects.toThrow(Unavailable)
    expect([await listed(first), await listed(second)]).toEqual([[], []])
  })
})

describe('a query whose answer does not come', () => {
  // breakage: a query takes longer than its request can wait | the page says to try again; Postgres is not asked for the same twice
  it('is Unavailable after the deadline of its caller, with the reason as its cause', async () => {
    const asked = within({ answer: 9_000, query: 100 }, () =>
      db().execute(sql`select pg_sleep(60)`),
    )
    const error = await asked.catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(Unavailable)
    expect(error).toMatchObject({ cause: { code: 'QUERY_LATE' } })
    const once = within({ answer: 9_000, query: 100 }, () => rowsOf(sql`select pg_sleep(60)`))
    await expect(once).rejects.toThrow(Unavailable)
  })

  it.each([
    ['53100', 'the disk is full'],
    ['53300', 'there are too many connections'],
    ['57014', 'the statement was ended'],
    ['57P01', 'the server is being shut down'],
    ['25006', 'the server only reads'],
    ['55P03', 'a lock is held'],
    ['40P01', 'there was a deadlock'],
    ['40001', 'another transaction was faster'],
    ['08006', 'a pooler lost its server'],
    ['XX000', 'something broke in the server'],
  ])('is Unavailable when Postgres says %s: %s', async (code) => {
    const raise = sql.raw(`do $$ begin raise exception 'no' using errcode = '${code}'; end $$`)
    await expect(db().execute(raise)).rejects.toThrow(Unavailable)
    await expect(inTransaction((tx) => tx.execute(raise))).rejects.toThrow(Unavailable)
  })

  it.each(['42P01', '23505', '22012', 'P0001'])(
    'is a mistake of ours when Postgres says %s',
    async (code) => {
      const raise = sql.raw(`do $$ begin raise exception 'no' using errcode = '${code}'; end $$`)
      await expect(db().execute(raise)).rejects.toMatchObject({ cause: { code } })
    },
  )

  // breakage: a proxy stands before Postgres and nothing behind it: it takes connections and closes them | each query fails at once and Stripe reads 503; nothing hangs or connects in a loop
  it('fails at once by a server that hangs up without a word, which is not called in a loop', async () => {
    let calls = 0
    const server = createServer((socket) => {
      calls += 1
      socket.on('error', () => {})
      socket.end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    stops.push(() => server.close())
    // Safe: a server that listens on a port has an address with one.
    through((server.address() as AddressInfo).port)
    // More than the pool holds: one that is lost with each failure would be missed.
    for (let n = 0; n < 12; n += 1) {
      await expect(rowsOf(sql`select 1`)).rejects.toMatchObject({
        cause: { code: expect.stringMatching(/CONNECTION_CLOSED|ECONNRESET|EPIPE/) },
      })
    }
    await expect(db().execute(sql`select 1`)).rejects.toThrow(Unavailable)
    expect(calls).toBeLessThan(30)
  })
})

async function listed(email: string) {
  const rows = await db().execute(sql`select email from users where email = ${email}`)
  return [...rows]
}
