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
  /** Takes bytes and passes none on: neither side hears that anything is wrong. */
  hang(): void
  /** The same for `some` of the connections that there are now, or all; new ones are served. Answers how many. */
  freeze(some?: number): number
  /** Resets `some` of them, or all; new ones are served. Answers how many. */
  reset(some?: number): number
  mend(): void
  /** One watcher at a time; null for none. */
  watch(watcher: Watch | null): void
  close(): Promise<void>
}

type Link = { number: number; sockets: [client: Socket, upstream: Socket]; frozen: boolean }

/** Listens on a free port of 127.0.0.1 and passes everything on to the port `target` of `host`. */
export async function startWire(target: number, host = '127.0.0.1'): Promise<Wire> {
  const open = new Set<Link>()
  let state: 'whole' | 'cut' | 'hung' = 'whole'
  let watcher: Watch | null = null
  let wake = () => {}
  let mended: Promise<void>
  let connections = 0

  const carry = (link: Link, from: Socket, to: Socket, way: Direction) => {
    // One chunk after the other: whatever a chunk waits for, the order of the bytes stays.
    let last: Promise<unknown> = Promise.resolve()
    from.on('data', (chunk: Buffer) => {
      from.pause()
      last = pass(link, chunk, to, way).then((word) => {
        if (word === 'cut') return drop(link)
        from.resume()
      })
    })
    let ended = false
    from.on('end', () => {
      ended = true
      // What was on its way when its sender died still arrives, and may be answered.
      void last.then(() => whole(link)).then(() => to.end())
    })
    from.on('close', () => void last.then(() => whole(link)).then(() => ended || to.destroy()))
    // A reset is what this is for: the other side hears of it, and nothing else does.
    from.on('error', () => {})
  }
  const pass = async (link: Link, chunk: Buffer, to: Socket, way: Direction) => {
    const word = await watcher?.(chunk, way, link.number)
    await whole(link)
    if (word === 'cut') return word
    if (!to.destroyed) to.write(chunk)
  }
  const whole = async (link: Link) => {
    while (state === 'hung' || link.frozen) await mended
  }
  const server = createServer((client) => {
    if (state === 'cut') return void client.resetAndDestroy()
    const upstream = connect(target, host)
    connections += 1
    const link: Link = { number: connections, sockets: [client, upstream], frozen: false }
    open.add(link)
    for (const socket of link.sockets) {
      socket.setNoDelay(true)
      socket.once('close', () => {
        if (link.sockets.every(({ destroyed }) => destroyed)) open.delete(link)
      })
    }
    carry(link, client, upstream, 'up')
    carry(link, upstream, client, 'down')
  })
  const drop = ({ sockets }: Link) => {
    for (const socket of sockets) socket.resetAndDestroy()
  }
  const become = (next: typeof state) => {
    state = next
    for (const link of open) link.frozen = false
    wake()
    // What waits for the next time.
    mended = new Promise((resolve) => {
      wake = resolve
    })
  }
  // Of the connections that a client still uses.
  const anyOf = (some: number) =>
    [...open]
      .filter(({ sockets: [client], frozen }) => !client.destroyed && !frozen)
      .sort(() => Math.random() - 0.5)
      .slice(0, some)

  become('whole')
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    port: address !== null && typeof address === 'object' ? address.port : 0,
    cut() {
      become('cut')
      open.forEach(drop)
    },
    hang: () => become('hung'),
    freeze(some = open.size) {
      const links = anyOf(some)
      for (const link of links) link.frozen = true
      return links.length
    },
    reset(some = open.size) {
      const links = anyOf(some)
      links.forEach(drop)
      return links.length
    },
    mend: () => become('whole'),
    watch(next) {
      watcher = next
    },
    async close() {
      become('cut')
      open.forEach(drop)
      server.close()
      await once(server, 'close')
    },
  }
}
