import { once } from 'node:events'
import { Agent, createServer, type IncomingMessage, request } from 'node:http'
import type { Sighting } from './sighting'

/** Said in the place of the service behind the wire, which hears nothing of it. */
export type Instead = { status: number; body: object; headers?: Record<string, string> }

type Seen = Omit<Sighting, 'what'> & { method: string; path: string; key: string | null }
type Answer = undefined | 'cut' | Instead

type SeeHttp = (sighting: Seen) => Answer | Promise<Answer>

/**
 * A wire for HTTP on this machine, whole requests and whole answers. Unlike a wire of bytes it
 * names the host that the service behind it is known by.
 */
export async function startHttpWire(
  target: string,
  see: SeeHttp,
): Promise<{ url: string; close(): void }> {
  const agent = new Agent({ keepAlive: true })
  const server = createServer(async (incoming, outgoing) => {
    const { method = 'GET', url = '/' } = incoming
    const drop = () => void outgoing.destroy()
    outgoing.on('error', drop)
    const body = await bodyOf(incoming)
    const { pathname: path } = new URL(url, target)
    const text = `${url}\n${body}`
    const key = one(incoming.headers['idempotency-key'])
    const up = await see({ method, path, way: 'up', text, key })
    if (up === 'cut') return drop()
    if (up) {
      outgoing.writeHead(up.status, { 'content-type': 'application/json', ...up.headers })
      return void outgoing.end(JSON.stringify(up.body))
    }
    const { host: _, connection: __, ...headers } = incoming.headers
    const forward = request(new URL(url, target), { method, headers, agent })
    forward.on('error', drop)
    forward.on('response', async (answer) => {
      const answered = await bodyOf(answer)
      const seen = { method, path, way: 'down', text: text + answered, key } as const
      if ((await see(seen)) === 'cut') return drop()
      const { connection: ___, 'transfer-encoding': ____, ...kept } = answer.headers
      outgoing.writeHead(answer.statusCode ?? 502, kept).end(answered)
    })
    forward.end(body)
  })
  // A client that is killed in the middle of a request is what this is for.
  server.on('clientError', (_error, socket) => void socket.destroy())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  const close = () => {
    agent.destroy()
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://127.0.0.1:${port}`, close }
}

function one(header: string | string[] | undefined): string | null {
  return typeof header === 'string' ? header : null
}

async function bodyOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of message) chunks.push(chunk)
  } catch {
    // Its sender was killed: what came is all there is.
  }
  return Buffer.concat(chunks).toString()
}
