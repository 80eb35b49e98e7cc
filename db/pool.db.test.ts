import { AsyncLocalStorage } from 'node:async_hooks'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Line } from '@/db/line'
import { openPool, type Pool } from '@/db/pool'
import { within } from '@/lib/deadline'
import { env } from '@/lib/env'
import { SELF_SIGNED } from '@/lib/mail/self-signed.fixture'
import { startWire, type Wire } from '@/tests/harness/faults/wire'

const url = () => new URL(env().databaseUrl)

let pool: Pool
let wire: Wire | undefined

beforeEach(() => {
  pool = openPool(url().href, 3)
})

afterEach(async () => {
  await pool.end()
  await wire?.close()
  wire = undefined
})

describe('a pool of three connections', () => {
  it('has no more than three queries under way, however many callers there are', async () => {
    let busy = 0
    let most = 0
    const answers = Array.from({ length: 30 }, () =>
      pool.use(async (line) => {
        busy += 1
        most = Math.max(most, busy)
        await ask(line)
        busy -= 1
      }),
    )
    await Promise.all(answers)
    expect(most).toBe(3)
  })

  it('serves waiting callers in the order in which they came', async () => {
    const order: number[] = []
    const locks = [0, 1, 2].map(() => hold())
    const waiting = Array.from({ length: 6 }, (_, n) => pool.use(async () => void order.push(n)))
    for (const lock of locks) await lock()
    await Promise.all(waiting)
    expect(order).toEqual([0, 1, 2, 3, 4, 5])
  })

  it('hands a connection over without the async context of the caller that had it', async () => {
    const who = new AsyncLocalStorage<string>()
    const locks = [0, 1, 2].map(() => who.run('another', () => hold()))
    const mine = who.run('me', () => pool.use(async () => who.getStore()))
    for (const lock of locks) await lock()
    expect(await mine).toBe('me')
  })

  it("ends a wait at the caller's deadline, and serves the next", async () => {
    const locks = [0, 1, 2].map(() => hold())
    await expect(patiently(50, () => pool.use(ask))).rejects.toMatchObject({ code: 'POOL_BUSY' })
    const next = pool.use(ask)
    for (const lock of locks) await lock()
    expect(await next).toBe(1)
  })

  it('does not let a caller that has a connection wait for a second one', async () => {
    const [first, second] = [hold(), hold()]
    const asked = pool.hold(async () => pool.use(ask))
    await expect(asked).rejects.toMatchObject({ code: 'POOL_BUSY' })
    await Promise.all([first(), second()])
    // With one free there is nothing to wait for.
    expect(await pool.hold(async () => pool.use(ask))).toBe(1)
  })

  it('closes a connection that was unused for a while', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    const asked = pool.use(pidOf)
    // The driver connects by a timer, too.
    await vi.waitFor(async () => {
      vi.advanceTimersByTime(1)
      expect(await Promise.race([asked, 'not yet'])).not.toBe('not yet')
    })
    vi.advanceTimersByTime(60_000)
    vi.useRealTimers()
    const pid = await asked
    const other = openPool(url().href, 1)
    const gone = ({ client }: Line) => client`select 1 from pg_stat_activity where pid = ${pid}`
    await expect
      .poll(async () => (await other.use(async (line) => await gone(line))).length)
      .toBe(0)
    await other.end()
  })

  // breakage: Postgres closes an unused connection | nothing: it is replaced
  it('replaces what the server has closed', async () => {
    const pid = await pool.use(pidOf)
    const killed = async ({ client }: Line) =>
      void (await client`select pg_terminate_backend(${pid})`)
    const other = openPool(url().href, 1)
    await other.use(killed)
    await other.end()
    await expect.poll(() => pool.use(pidOf).catch(() => pid)).not.toBe(pid)
  })
})

describe('a connection that falls silent', () => {
  beforeEach(async () => {
    await pool.end()
    wire = await startWire(Number(url().port), url().hostname)
    const through = url()
    through.host = `127.0.0.1:${wire.port}`
    pool = openPool(through.href, 3)
    // All three are there, and known to be good.
    await Promise.all([hold(), hold(), hold()].map((lock) => lock()))
  })

  // breakage: connections go silent without a word, and new ones work | the request fails after seconds with a sentence that says so, and the next one works
  it('is destroyed with the query on it, and with the idle ones that are silent, too', async () => {
    wire?.freeze()
    await expect(patiently(200, () => pool.use(ask))).rejects.toMatchObject({ code: 'QUERY_LATE' })
    // Each of the other two would take as long again.
    const began = performance.now()
    expect(await Promise.all([pool.use(ask), pool.use(ask), pool.use(ask)])).toEqual([1, 1, 1])
    expect(performance.now() - began).toBeLessThan(2_000)
  })

  it('fails no caller that waits in the queue and whose deadline is ahead', async () => {
    wire?.freeze()
    const lost = Array.from({ length: 3 }, () =>
      patiently(200, () => pool.use(ask)).catch(({ code }) => code),
    )
    const waiting = Array.from({ length: 10 }, () => patiently(5_000, () => pool.use(ask)))
    expect(await Promise.all(lost)).toEqual(['QUERY_LATE', 'QUERY_LATE', 'QUERY_LATE'])
    expect(await Promise.all(waiting)).toEqual(Array.from({ length: 10 }, () => 1))
  })

  it('is given up in the midst of a transaction, even while that asks for nothing', async () => {
    const lost = patiently(200, () => pool.hold(async () => new Promise<never>(() => {})))
    await expect(lost).rejects.toMatchObject({ code: 'QUERY_LATE' })
    expect(await pool.use(ask)).toBe(1)
  })
})

// A server that speaks TLS, or breaks off in the midst of it; the driver wraps our socket then.
describe('a connection under TLS', () => {
  let answers: 'all' | 'nothing more' | 'goodbye'
  let calls: number
  let stop: () => void

  beforeEach(async () => {
    await pool.end()
    answers = 'all'
    calls = 0
    const open = new Set<Socket>()
    const server = createServer((socket) => {
      calls += 1
      open.add(socket.on('error', () => {}))
      socket.once('data', () => {
        socket.write('S')
        const secure = new TLSSocket(socket, { isServer: true, ...SELF_SIGNED })
        secure.on('error', () => {})
        if (answers === 'goodbye') return void secure.once('secure', () => secure.end())
        const upstream = connect(Number(url().port), url().hostname)
        upstream.on('error', () => {})
        open.add(upstream)
        secure.on('data', (chunk) => answers === 'all' && upstream.write(chunk))
        upstream.on('data', (chunk) => answers === 'all' && secure.write(chunk))
        secure.on('close', () => upstream.destroy())
      })
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const secured = url()
    // Safe: a server that listens on a port has an address with one.
    secured.host = `127.0.0.1:${(server.address() as AddressInfo).port}`
    secured.searchParams.set('sslmode', 'require')
    pool = openPool(secured.href, 3)
    stop = () => {
      for (const socket of open) socket.destroy()
      server.close()
    }
  })
  afterEach(() => stop())

  it('works, and is destroyed like any other when it falls silent', async () => {
    expect(await pool.use(ask)).toBe(1)
    answers = 'nothing more'
    await expect(patiently(200, () => pool.use(ask))).rejects.toMatchObject({ code: 'QUERY_LATE' })
    answers = 'all'
    expect(await pool.use(ask)).toBe(1)
    expect(calls).toBe(2)
  })

  it('is not called in a loop by a server that hangs up', async () => {
    answers = 'goodbye'
    await expect(pool.use(ask)).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
    await expect(pool.use(ask)).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
    expect(calls).toBe(2)
  })
})

async function ask({ client }: Line): Promise<number> {
  const [row] = await client<{ one: number }[]>`select 1 as one`
  return row?.one ?? 0
}

async function pidOf({ client }: Line): Promise<number> {
  const [row] = await client<{ pid: number }[]>`select pg_backend_pid() as pid`
  return row?.pid ?? 0
}

/** Takes a connection; what comes back lets it go again. */
function hold(): () => Promise<void> {
  let letGo = () => {}
  const gone = new Promise<void>((resolve) => {
    letGo = resolve
  })
  const held = pool.use(async (line) => {
    await ask(line)
    await gone
  })
  return () => {
    letGo()
    return held
  }
}

function patiently<T>(query: number, work: () => Promise<T>): Promise<T> {
  return within({ answer: 60_000, query }, work)
}
