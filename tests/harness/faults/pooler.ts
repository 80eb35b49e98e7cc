import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { type Backend, openBackend } from './pooler-backend'
import { GREETING, serverCrashed } from './pooler-words'
import { type Message, messageReader } from './postgres-messages'

/**
 * When a backend is given to the next client. `1.18`: at a ReadyForQuery outside of a transaction that
 * answers the last Sync, whatever else was asked behind that; so does PgBouncer before 1.21, and what
 * was asked behind is answered to no client or to another one. `1.25`: only when all is answered.
 */
export type PoolerKind = '1.18' | '1.25'

type Client = {
  socket: Socket
  backend: Backend<Client> | null
  waiting: Message[]
  queued: boolean
}

export type Pooler = Awaited<ReturnType<typeof startPooler>>

/**
 * A pooler in transaction mode at its strictest, before the Postgres at `url`: it has `size` backends
 * for all of its clients, and between two transactions a backend forgets everything (settings,
 * prepared statements, locks, temporary tables). It takes any password. `queryTimeoutMs` is PgBouncer's
 * query_timeout: without one, a backend and a client that fall silent together are waited for for ever.
 */
export async function startPooler(
  url: string,
  {
    kind = '1.18',
    size = 3,
    queryTimeoutMs = 0,
  }: { kind?: PoolerKind; size?: number; queryTimeoutMs?: number } = {},
) {
  const clients = new Set<Client>()
  const backends = new Set<Backend<Client>>()
  const idle: Backend<Client>[] = []
  const queue: Client[] = []
  const turns = new WeakMap<Backend<Client>, number>()
  const count = { dialing: 0, forgotten: 0, strayed: 0, turns: 0 }
  let closed = false

  const serve = () => {
    while (queue.length > 0) {
      const backend = idle.pop()
      if (!backend) return dial()
      const client = queue.shift()
      if (!client || !clients.has(client)) {
        idle.push(backend)
        continue
      }
      client.queued = false
      client.backend = backend
      backend.client = client
      watch(backend, client)
      for (const message of client.waiting.splice(0)) backend.ask(message)
    }
  }
  const watch = (backend: Backend<Client>, client: Client) => {
    if (queryTimeoutMs === 0) return
    count.turns += 1
    const turn = count.turns
    turns.set(backend, turn)
    setTimeout(() => {
      if (backend.client !== client || turns.get(backend) !== turn) return
      backend.cut()
      client.socket.destroy()
    }, queryTimeoutMs).unref()
  }
  const dial = () => {
    if (closed || backends.size + count.dialing >= size) return
    count.dialing += 1
    openBackend<Client>(url, { answered, gone })
      .then((backend) => {
        backends.add(backend)
        if (closed) return backend.cut()
        idle.push(backend)
      })
      // A server that is not there: the next client's words are the next try.
      .catch(() => {})
      .finally(() => {
        count.dialing -= 1
        serve()
      })
  }
  const answered = (backend: Backend<Client>, message: Message) => {
    if (backend.forgetting) {
      if (STRAY.has(message.type)) count.strayed += 1
      if (message.type !== 'Z') return
      backend.forgetting = false
      idle.push(backend)
      return serve()
    }
    backend.client?.socket.write(message.bytes)
    if (message.type !== 'Z' || !isIdle(message) || backend.unanswered > 0) return
    if (kind === '1.25' && backend.asksMore) return
    if (backend.client) backend.client.backend = null
    backend.client = null
    count.forgotten += 1
    backend.forget()
  }
  const gone = (backend: Backend<Client>) => {
    backends.delete(backend)
    if (idle.includes(backend)) idle.splice(idle.indexOf(backend), 1)
    backend.client?.socket.end(serverCrashed())
    serve()
  }
  const server = createServer((socket) => {
    const client: Client = { socket, backend: null, waiting: [], queued: false }
    const read = messageReader({ greeting: true })
    clients.add(client)
    socket.setNoDelay(true)
    socket.on('error', () => {})
    socket.on('data', (chunk: Buffer) => {
      for (const message of read(chunk)) hear(client, message)
    })
    socket.on('close', () => {
      clients.delete(client)
      // In the midst of something: no other client can use that backend.
      client.backend?.cut()
    })
  })
  const hear = (client: Client, message: Message) => {
    if (message.type === '') return void client.socket.write(GREETING)
    if (message.type === 'X') return void client.socket.destroy()
    if (client.backend) return client.backend.ask(message)
    client.waiting.push(message)
    if (client.queued) return
    client.queued = true
    queue.push(client)
    serve()
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    port: address !== null && typeof address === 'object' ? address.port : 0,
    /** How many backends have forgotten everything and wait for a client. */
    idle: () => idle.length,
    /** How often a backend has forgotten everything. */
    forgotten: () => count.forgotten,
    /** How many answers had no client to go to any more: each is a client that waits for ever. */
    strayed: () => count.strayed,
    async close() {
      closed = true
      for (const { socket } of clients) socket.destroy()
      for (const backend of backends) backend.cut()
      server.close()
      await once(server, 'close')
    },
  }
}

// ParseComplete, ParameterDescription and RowDescription: what a client that describes first waits for.
const STRAY = new Set(['1', 't', 'T'])

// ReadyForQuery says in its last byte whether a transaction is open.
function isIdle({ bytes }: Message): boolean {
  return bytes.at(-1) === 'I'.charCodeAt(0)
}
