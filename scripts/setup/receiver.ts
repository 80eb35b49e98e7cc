import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { checkHealth } from '@/lib/health/check'
import { inboxPorts } from '@/lib/webhooks/inbox-ports'
import { receiveEvent } from '@/lib/webhooks/receive'

/**
 * The webhook's way in without the rest of the application, for as long as it takes to see a signed event
 * arrive: the same verification, the same database, and the secrets that will be in the environment.
 */
export async function startReceiver(secrets: string[]): Promise<{ url: string; stop(): void }> {
  const server = createServer(async (request, response) => {
    if (request.method === 'GET') return response.end(JSON.stringify(await checkHealth()))
    const signature = request.headers['stripe-signature']
    const given = typeof signature === 'string' ? signature : null
    const { status, body } = await receiveEvent(
      { ...inboxPorts(), secrets },
      await bodyOf(request),
      given,
    )
    response.writeHead(status).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // Safe: it listens on a port.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}
