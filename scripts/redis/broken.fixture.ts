import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { startRedis } from './start'

/** The ways in which a Redis endpoint is known to fail. */
export const FAILURES = ['down', 'slow', 'stuck', 'unauthorized', 'garbled'] as const

/**
 * An endpoint that fails in one of those ways, for tests of what goes on without Redis. The slow
 * one answers after ten seconds, and says yes to everything: a client that waits for it believes it.
 */
export async function startBroken(
  failure: (typeof FAILURES)[number],
): Promise<{ url: string; token: string; asked(): number; stop(): Promise<void> }> {
  if (failure === 'unauthorized') {
    return { ...(await startRedis({})), token: 'revoked', asked: () => Number.NaN }
  }
  let asked = 0
  const server = createServer((request, response) => {
    asked += 1
    request.resume()
    ANSWERS[failure](response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  const stop = async () => {
    if (!server.listening) return
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  }
  if (failure === 'down') await stop()
  return { url: `http://127.0.0.1:${port}`, token: 't', asked: () => asked, stop }
}

const YES = JSON.stringify(Array.from({ length: 3 }, () => ({ result: 1 })))

const ANSWERS = {
  down: () => {},
  slow: (response: ServerResponse) => {
    setTimeout(() => response.end(YES), 10_000).unref()
  },
  // The head comes at once and the body never does: a timeout on the head alone would hang.
  stuck: (response: ServerResponse) => {
    response.writeHead(200).flushHeaders()
    response.write(YES.slice(0, 5))
  },
  garbled: (response: ServerResponse) => {
    response.writeHead(502).end('<html>Bad gateway</html>')
  },
}
