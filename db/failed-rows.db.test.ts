import { afterEach, expect, it } from 'vitest'
import type { Line } from '@/db/line'
import { openPool, type Pool } from '@/db/pool'
import { within } from '@/lib/deadline'
import { env } from '@/lib/env'
import { startWire, type Wire } from '@/tests/harness/faults/wire'

let pool: Pool
let wire: Wire | undefined

afterEach(async () => {
  await pool.end()
  await wire?.close()
  wire = undefined
})

// The third row divides by zero; two have been sent by then.
const failing = ({ client }: Line) => client`select 1 / (3 - n) from generate_series(1, 5) n`
const rows = async ({ client }: Line) => [...(await client`select 'row' as a`)]

it('a query after one that failed among its rows gets its own rows and no empty places', async () => {
  pool = openPool(env().databaseUrl, 1)
  await expect(pool.use(async (line) => await failing(line))).rejects.toMatchObject({
    code: '22012',
  })
  expect(await pool.use(rows)).toEqual([{ a: 'row' }])
})

it('a connection that falls silent just after that holds up its caller until the deadline, and nothing else', async () => {
  wire = await behindWire()
  const failed = () =>
    pool.use(async (line) => {
      const asked = failing(line)
      await asked.catch(() => wire?.freeze())
      return await asked
    })
  await expect(within({ answer: 20_000, query: 200 }, failed)).rejects.toMatchObject({
    code: '22012',
  })
  wire.mend()
  expect(await pool.use(rows)).toEqual([{ a: 'row' }])
})

it('a connection that breaks just after that changes nothing for its caller, and the next query has another', async () => {
  wire = await behindWire()
  let cuts = 0
  // What sets the driver's count back; every other query here has more words.
  wire.watch((chunk, way) => {
    if (way === 'down' || cuts > 0 || !chunk.includes('select\0')) return
    cuts += 1
    return 'cut'
  })
  await expect(pool.use(async (line) => await failing(line))).rejects.toMatchObject({
    code: '22012',
  })
  expect([cuts, await pool.use(rows)]).toEqual([1, [{ a: 'row' }]])
})

/** A pool behind a wire, whose one connection is open already. */
async function behindWire(): Promise<Wire> {
  const url = new URL(env().databaseUrl)
  const between = await startWire(Number(url.port), url.hostname)
  url.host = `127.0.0.1:${between.port}`
  pool = openPool(url.href, 1)
  await pool.use(rows)
  return between
}
