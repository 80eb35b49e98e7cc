import { type AddressInfo, createServer } from 'node:net'
import { sql } from 'drizzle-orm'
import { expect, it, vi } from 'vitest'
import { db, disconnect } from '@/db/client'
import { inOneTrip } from '@/db/one-trip'

const nobody = vi.hoisted(() => ({ port: 0 }))

vi.mock(import('@/lib/env'), async (original) => {
  const { env } = await original()
  return { env: () => ({ ...env(), databaseUrl: `postgres://a:b@127.0.0.1:${nobody.port}/c` }) }
})

// breakage: a proxy stands before Postgres and nothing behind it: it takes connections and closes them | each query fails at once and Stripe reads 503; nothing hangs, and nobody connects in a loop
it('a server that hangs up without a word fails a query, and is not called in a loop', async () => {
  let calls = 0
  const server = createServer((socket) => {
    calls += 1
    socket.on('error', () => {})
    socket.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // Safe: a server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo
  nobody.port = port
  // More than the pool holds: one that is lost with each failure would be missed.
  for (let n = 0; n < 12; n += 1) {
    await expect(inOneTrip(sql`select 1`)).rejects.toMatchObject({
      cause: { code: expect.stringMatching(/CONNECTION_CLOSED|ECONNRESET|EPIPE/) },
    })
  }
  await expect(db().execute(sql`select 1`)).rejects.toThrow()
  expect(calls).toBeLessThan(30)
  await disconnect()
  server.close()
})
