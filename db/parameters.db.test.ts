import { eq, sql } from 'drizzle-orm'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { db, disconnect, inTransaction } from '@/db/client'
import { users } from '@/db/schema/auth'
import { type Direction, startWire, type Wire } from '@/tests/harness/faults/wire'

const place = vi.hoisted(() => ({ url: '', given: '' }))

vi.mock(import('@/lib/env'), async (original) => {
  const { env } = await original()
  place.given = env().databaseUrl
  return { env: () => ({ ...env(), databaseUrl: place.url || place.given }) }
})

let wire: Wire | undefined

afterEach(async () => {
  await disconnect()
  await wire?.close()
  wire = undefined
  place.url = ''
})

describe('a statement with parameters', () => {
  it('comes back from Postgres as it went, whatever the kind of its parameters', async () => {
    const [text, at] = ['O\'Hara, "\\" {NULL}', new Date('2027-01-31T23:59:59.999Z')]
    const [row] = await db().execute(sql`select ${text}::text as text, ${-7}::int as whole,
      ${9007199254740993n}::bigint::text as large, ${0.1}::float8 as part, ${false}::boolean as no,
      ${at}::timestamptz = '2027-01-31T23:59:59.999Z' as at, ${null}::text as nothing,
      ${new Uint8Array([0, 255])}::bytea as bytes, ${sql.param([text, ''])}::text[] as texts,
      (${sql.param(['NULL', null])}::text[])[2] is null as none`)
    expect(row).toEqual({
      text,
      whole: -7,
      large: '9007199254740993',
      part: 0.1,
      no: false,
      at: true,
      nothing: null,
      bytes: Buffer.from([0, 255]),
      texts: [text, ''],
      none: true,
    })
  })

  it('is one message and one answer, alone and in a transaction', async () => {
    const direct = new URL(place.given)
    wire = await startWire(Number(direct.port), direct.hostname)
    place.url = Object.assign(direct, { host: `127.0.0.1:${wire.port}` }).href
    await db().execute(sql`select 1`)
    const ways: Direction[] = []
    wire.watch((_, way) => {
      if (ways.at(-1) !== way) ways.push(way)
      return undefined
    })
    await db().execute(sql`select ${'a'}::text, ${1}::int`)
    await db().select().from(users).where(eq(users.email, 'unknown@example.test')).limit(1)
    expect(ways).toEqual(['up', 'down', 'up', 'down'])
    await inTransaction(async (tx) => {
      await tx.insert(users).values({ email: 'one-message@example.test' })
    })
    // Begin with its limits, the row, commit.
    expect(ways.slice(4)).toEqual(['up', 'down', 'up', 'down', 'up', 'down'])
  })

  it('is the first that a new connection is asked: what the driver asked itself would fail unheard', async () => {
    const direct = new URL(place.given)
    wire = await startWire(Number(direct.port), direct.hostname)
    place.url = Object.assign(direct, { host: `127.0.0.1:${wire.port}` }).href
    const asked: string[] = []
    wire.watch((chunk, way) => {
      if (way === 'up') asked.push(chunk.toString('latin1'))
      return undefined
    })
    await db().execute(sql`select 'the first'`)
    expect(asked.filter((text) => /select/.test(text))).toEqual([
      expect.stringContaining("select 'the first'"),
    ])
  })
})
