import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import postgres from 'postgres'
import { plainQuery } from './pooler-words'
import { type Message, messageReader } from './postgres-messages'

/** A pooler's own connection to Postgres, and the client that it is lent to. */
export type Backend<Client> = {
  client: Client | null
  /** How many of its client's Syncs are not answered yet. */
  unanswered: number
  /** Something was asked behind the last Sync. */
  asksMore: boolean
  forgetting: boolean
  ask(message: Message): void
  forget(): void
  cut(): void
}

type Events<Client> = {
  answered(backend: Backend<Client>, message: Message): void
  gone(backend: Backend<Client>): void
}

/** Connects and logs in. What Postgres says from then on is handed to `answered`, message by message. */
export async function openBackend<Client>(
  url: string,
  { answered, gone }: Events<Client>,
): Promise<Backend<Client>> {
  const socket = await logIn(url)
  const read = messageReader({ greeting: false })
  let forgetsTooLong: NodeJS.Timeout | undefined
  const backend: Backend<Client> = {
    ...{ client: null, unanswered: 0, asksMore: false, forgetting: false },
    ask({ type, bytes }) {
      backend.asksMore = !ENDS_A_QUESTION.has(type)
      if (!backend.asksMore) backend.unanswered += 1
      socket.write(bytes)
    },
    forget() {
      backend.forgetting = true
      socket.write(DISCARD_ALL)
      // Nothing else would ever find out that it has fallen silent.
      clearTimeout(forgetsTooLong)
      forgetsTooLong = setTimeout(() => backend.forgetting && backend.cut(), FORGET_MS).unref()
    },
    cut: () => void socket.resetAndDestroy(),
  }
  socket.on('data', (chunk: Buffer) => {
    for (const message of read(chunk)) {
      if (message.type === 'Z' && !backend.forgetting) backend.unanswered -= 1
      answered(backend, message)
    }
  })
  socket.on('error', () => {})
  socket.on('close', () => gone(backend))
  return backend
}

const FORGET_MS = 3_000

// Sync and a plain query: each is answered with one ReadyForQuery.
const ENDS_A_QUESTION = new Set(['S', 'Q'])

const DISCARD_ALL = plainQuery('DISCARD ALL')

/** The driver knows every way to log in; once it is in, only its socket is of use. */
async function logIn(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port || 5432), hostname)
  const lends = { socket: () => socket }
  const driver = {
    max: 1,
    fetch_types: false,
    idle_timeout: 0,
    max_lifetime: 0,
    connect_timeout: 5,
  }
  socket.once('error', () => {})
  await once(socket, 'connect')
  await postgres(url, { ...driver, ...lends, onnotice: () => {} })`select 1`
  socket.removeAllListeners()
  return socket.setNoDelay(true)
}
