import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { type Message, messageReader } from './postgres-messages'

/**
 * A pooler in transaction mode at its strictest: between two transactions the session forgets
 * everything (settings, prepared statements, locks, temporary tables), as if the next one ran on
 * another connection. `forgotten` counts how often.
 */
export async function startForgetfulPostgres(target: number, host = '127.0.0.1') {
  const open = new Set<Socket>()
  let forgotten = 0
  const server = createServer((client) => {
    const upstream = connect(target, host)
    for (const socket of [client, upstream]) {
      socket.setNoDelay(true)
      open.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        open.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    forgetBetween(client, upstream, () => {
      forgotten += 1
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    port: address !== null && typeof address === 'object' ? address.port : 0,
    forgotten: () => forgotten,
    async close() {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

function forgetBetween(client: Socket, upstream: Socket, onForget: () => void): void {
  const fromClient = messageReader({ greeting: true })
  const fromServer = messageReader({ greeting: false })
  const waiting: Message[] = []
  // What was asked is answered only with a ReadyForQuery; meanwhile nothing else is asked.
  let asked = false
  let held: Message | null = null

  const ask = () => {
    while (!asked && waiting.length > 0) {
      const message = waiting.shift()
      if (!message) return
      upstream.write(message.bytes)
      asked = ENDS_A_QUESTION.has(message.type)
    }
  }
  client.on('data', (chunk: Buffer) => {
    waiting.push(...fromClient(chunk))
    ask()
  })
  upstream.on('data', (chunk: Buffer) => {
    for (const message of fromServer(chunk)) {
      if (held) {
        // The answer to our own question is nobody's business.
        if (message.type !== 'Z') continue
        client.write(held.bytes)
        held = null
        asked = false
        ask()
      } else if (message.type === 'Z' && isIdle(message)) {
        held = message
        onForget()
        upstream.write(DISCARD_ALL)
      } else {
        client.write(message.bytes)
        if (message.type === 'Z') asked = false
      }
    }
    ask()
  })
}

// Sync, a plain query, and the greeting, which the server answers with questions of its own.
const ENDS_A_QUESTION = new Set(['S', 'Q'])

// ReadyForQuery says in its last byte whether a transaction is open.
function isIdle({ bytes }: Message): boolean {
  return bytes.at(-1) === 'I'.charCodeAt(0)
}

const DISCARD_ALL = plainQuery('DISCARD ALL')

function plainQuery(words: string): Buffer {
  const text = Buffer.from(`${words}\0`)
  const head = Buffer.alloc(5)
  head.write('Q')
  head.writeInt32BE(text.length + 4, 1)
  return Buffer.concat([head, text])
}
