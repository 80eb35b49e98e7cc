import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { besideOthers } from '@/db/beside-others.fixture'
import { openConnectionsOf } from '@/db/grant'
import { openPool, type Pool } from '@/db/pool'
import { inSchema } from '@/lib/env-schema'
import { findPgBouncer, type Startup, startPgBouncer } from '@/tests/pooler/pgbouncer'

const real = findPgBouncer()
const which = real ? `PgBouncer ${real.version}` : 'PgBouncer (it is not installed here)'

let beside: Awaited<ReturnType<typeof besideOthers>>
let role: string

beforeAll(async () => {
  beside = await besideOthers()
  role = await beside.moveIn()
})
afterAll(() => beside.close())

describe.skipIf(!real)(`behind ${which} itself, beside another application's tables`, () => {
  it.each<Startup>(['refused', 'ignored'])(
    'where the wish for a schema is %s, every query and transaction works in ours',
    async (startup) => {
      await behind(startup, async (pool) => {
        const asked = Array.from({ length: 20 }, () =>
          pool.use(({ client }) => client.unsafe('select current_schema() as name')),
        )
        const answers = await Promise.all(asked)
        expect(answers.map(([row]) => row?.name)).toEqual(answers.map(() => 'billing'))
        // Theirs has a column `plan`, and one row.
        const [ours] = await pool.use(({ client }) =>
          client.unsafe('select count(*)::int as n from subscriptions where tier is null'),
        )
        expect(ours?.n).toBe(0)
      })
    },
  )

  it('what it had open before its role was given the schema is counted, to be restarted', async () => {
    const { username } = new URL(role)
    await beside.others.unsafe(`alter role ${username} in database ${place()} reset search_path`)
    await behind('ignored', async (pool) => {
      const asking = pool.use(({ client }) => client.unsafe('select from users'))
      await expect(asking).rejects.toMatchObject({ code: 'SCHEMA_MISSED' })
      expect(await openConnectionsOf(beside.owner, username)).toBeGreaterThan(0)
    })
    await beside.others.unsafe(
      `alter role ${username} in database ${place()} set search_path = billing`,
    )
    await behind('ignored', async (pool) => {
      const [row] = await pool.use(({ client }) => client.unsafe('select current_schema() as name'))
      expect(row?.name).toBe('billing')
    })
  })
})

async function behind(startup: Startup, work: (pool: Pool) => Promise<void>): Promise<void> {
  const pooler = await startPgBouncer(real?.path ?? '', role, { size: 2, startup })
  const url = Object.assign(new URL(role), { port: `${pooler.port}` }).href
  const pool = openPool(inSchema(url, 'billing'), 5)
  try {
    await work(pool)
  } finally {
    await pool.end()
    await pooler.close()
  }
}

const place = () => new URL(role).pathname.slice(1)
