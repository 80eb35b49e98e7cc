import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** Where a chunk goes: from the client up to the server, or down again. */
export type Direction = 'up' | 'down'

/**
 * Sees every chunk before it is passed on, with the number of its connection. It may wait, and so
 * hold back that chunk and all that follow it on the same way; `cut` drops the connection in place
 * of the chunk.
 */
export type Watch = (
  chunk: Buffer,
  way: Direction,
  connection: number,
) => undefined | 'cut' | Promise<undefined | 'cut'>

/** A wire between two processes of this machine that can be cut, hung and listened to. */
export type Wire = {
  port: number
  /** Resets every connection, and each new one at once, until `mend`. */
  cut(): void
  /** Takes bytes and passes none on: nobody is told that anything is wrong. */
  hang(): void
  /** The same for the connections that there are now: new ones are served. */
  freeze(): void
  mend(): void
  /** One watcher at a time; null for none. */
  watch(watcher: Watch | null): void
  close(): Promise<void>
}

/** Listens on a free port of 127.0.0.1 and passes everything on to the port `target` of `host`. */
export async function startWire(target: number, host = '127.0.0.1'): Promise<Wire> {
  const open = new Set<Socket>()
  let state: 'whole' | 'cut' | 'hung' = 'whole'
  let watcher: Watch | null = null
  let wake = () => {}
  let mended = Promise.resolve()
  let connections = 0
  // Numbers of connections, the last of which is frozen as all before it.
  let frozen = 0

  const carry = (from: Socket, to: Socket, way: Direction, connection: number) => {
    // One chunk after the other: whatever a chunk waits for, the order of the bytes stays.
    let last: Promise<unknown> = Promise.resolve()
    from.on('data', (chunk: Buffer) => {
      from.pause()
      last = pass(chunk, to, way, connection).then((word) => {
        if (word === 'cut') return [from, to].forEach((socket) => void socket.resetAndDestroy())
        from.resume()
      })
    })
    let ended = false
    from.on('end', () => {
      ended = true
      // What was on its way when its sender died still arrives, and may be answered.
      void last.then(() => to.end())
    })
    from.on('close', () => void last.then(() => ended || to.destroy()))
    // A reset is what this is for: the other side hears of it, and nobody else.
    from.on('error', () => {})
  }
  const pass = async (chunk: Buffer, to: Socket, way: Direction, connection: number) => {
    const word = await watcher?.(chunk, way, connection)
    while (state === 'hung' || connection <= frozen) await mended
    if (word === 'cut') return word
    if (!to.destroyed) to.write(chunk)
  }
  const server = createServer((client) => {
    if (state === 'cut') return void client.resetAndDestroy()
    const upstream = connect(target, host)
    for (const socket of [client, upstream]) {
      socket.setNoDelay(true)
      open.add(socket)
      socket.once('close', () => open.delete(socket))
    }
    connections += 1
    carry(client, upstream, 'up', connections)
    carry(upstream, client, 'down', connections)
  })
  const drop = () => {
    for (const socket of open) socket.resetAndDestroy()
  }
  const become = (next: typeof state, through = 0) => {
    state = next
    frozen = through
    wake()
    if (next === 'hung' || through > 0) {
      mended = new Promise((resolve) => {
        wake = resolve
      })
    }
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    port: address !== null && typeof address === 'object' ? address.port : 0,
    cut() {
      become('cut')
      drop()
    },
    hang: () => become('hung'),
    freeze: () => become('whole', connections),
    mend: () => become('whole'),
    watch(next) {
      watcher = next
    },
    async close() {
      become('cut')
      drop()
      server.close()
      await once(server, 'close')
    },
  }
}
