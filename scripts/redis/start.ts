import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { handle } from './handle'
import { Keyspace } from './keyspace'

// Redis' own active expiry is faster; nothing here depends on when memory comes back.
const SWEEP_EVERY_MS = 1_000

/**
 * Starts a Redis in this process's memory behind Upstash's REST API, on 127.0.0.1 only.
 * Without a port the system picks a free one; without a token one is made. `before` sees the keys
 * before each request, and may lose some.
 * @throws {Error} EADDRINUSE when the port is taken
 */
export async function startRedis(options: {
  port?: number
  token?: string
  before?: (keys: Keyspace) => void
}): Promise<{ url: string; token: string; port: number; stop(): Promise<void> }> {
  const keys = new Keyspace()
  const token = options.token ?? randomBytes(24).toString('base64url')
  const server = createServer((request, response) => {
    options.before?.(keys)
    // The other side hung up in the middle of its request: there is no client left to answer.
    handle(keys, token, request, response).catch(() => response.destroy())
  })
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  const sweep = setInterval(() => keys.sweep(), SWEEP_EVERY_MS).unref()
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('Redis has no TCP port.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    token,
    port: address.port,
    async stop() {
      clearInterval(sweep)
      if (!server.listening) return
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
