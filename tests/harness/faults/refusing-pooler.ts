import { connect, createServer } from 'node:net'

/**
 * A pooler that lets no connection ask for a schema, as PgBouncer and Neon's: it answers such a start with
 * their error, and passes every other one on to the Postgres at `url`.
 */
export async function startRefusingPooler(url: string) {
  const { hostname, port } = new URL(url)
  const sockets = new Set<{ destroy(): void }>()
  let refused = 0
  const server = createServer((client) => {
    sockets.add(client.on('error', () => {}))
    client.once('data', (start) => {
      if (start.includes('search_path')) {
        refused += 1
        return client.end(REFUSAL)
      }
      const upstream = connect(Number(port || 5432), hostname)
      sockets.add(upstream.on('error', () => client.destroy()))
      client.on('error', () => upstream.destroy())
      upstream.write(start)
      client.pipe(upstream).pipe(client)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: address && typeof address === 'object' ? address.port : 0,
    refused: () => refused,
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

const REFUSAL = refusal('unsupported startup parameter: search_path')

// ErrorResponse of Postgres's protocol.
function refusal(words: string): Buffer {
  const fields = Buffer.from(['SFATAL', 'VFATAL', 'C08P01', `M${words}`, '', ''].join('\0'))
  const head = Buffer.alloc(5)
  head.write('E')
  head.writeInt32BE(fields.length + 4, 1)
  return Buffer.concat([head, fields])
}
