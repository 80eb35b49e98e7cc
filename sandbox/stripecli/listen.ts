import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type Stripe from 'stripe'
import { sign } from '@/sandbox/deliveries/sign'
import { targetOf } from '@/sandbox/http/target'
import { newId, randomText } from '@/sandbox/ids'
import type { Sandbox } from '@/sandbox/sandbox'
import { API_VERSION } from '@/sandbox/settings'
import { pongFrame, takeFrames, textFrame } from './frames'

/** Where `stripe listen` connects to once it has its session. */
const PATH = '/_sandbox/stripecli/'
// RFC 6455: what a server appends to the key of a handshake.
const TEST_METHODS = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

/** The sessions of `stripe listen`: each gets every event over its WebSocket, and forwards it by itself. */
export interface CliSessions {
  /** What the CLI is told when it asks for a session. */
  open(): object
  connect(request: IncomingMessage, socket: Duplex): void
  send(event: Readonly<Stripe.Event>): void
  stop(): void
}

/** No session yet. */
export function openCliSessions(sandbox: () => Sandbox): CliSessions {
  const secrets = new Map<string, string>()
  const sockets = new Map<Duplex, { secret: string; webhook: string }>()
  return {
    open() {
      const id = newId('cliws')
      const secret = sandbox().settings.webhookSecret ?? `whsec_${randomText(32)}`
      secrets.set(id, secret)
      return {
        object: 'stripecli.session',
        default_version: API_VERSION,
        display_connect_filter_warning: false,
        latest_version: API_VERSION,
        reconnect_delay: 5,
        secret,
        websocket_authorized_feature: 'webhooks',
        websocket_id: id,
        websocket_url: `${sandbox().settings.url.replace(/^http/, 'ws')}${PATH}${id}`,
      }
    },
    connect(request, socket) {
      const secret = secrets.get(targetOf(request).path.slice(PATH.length))
      const key = request.headers['sec-websocket-key']
      if (secret === undefined || typeof key !== 'string') {
        socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n')
        return
      }
      accept(socket, key, request.headers['sec-websocket-protocol'])
      sockets.set(socket, { secret, webhook: newId('we') })
      socket.on('close', () => sockets.delete(socket))
      socket.on('error', () => sockets.delete(socket))
      answerPings(socket)
    },
    send(event) {
      for (const [socket, session] of sockets) socket.write(textFrame(messageOf(event, session)))
    },
    stop() {
      for (const socket of sockets.keys()) socket.destroy()
    },
  }
}

function accept(socket: Duplex, key: string, protocol: string | undefined) {
  const answer = createHash('sha1').update(`${key}${TEST_METHODS}`).digest('base64')
  socket.write(
    [
      'HTTP/1.1 101 Switching Protocols',
      'Upgrade: websocket',
      'Connection: Upgrade',
      `Sec-WebSocket-Accept: ${answer}`,
      ...(protocol ? [`Sec-WebSocket-Protocol: ${protocol.split(',')[0]?.trim()}`] : []),
      '\r\n',
    ].join('\r\n'),
  )
}

/** The CLI hangs up when its pings are not answered; what it says of its forwarding is not kept. */
function answerPings(socket: Duplex) {
  let waiting: Buffer = Buffer.alloc(0)
  socket.on('data', (bytes: Buffer) => {
    const { frames, rest } = takeFrames(Buffer.concat([waiting, bytes]))
    waiting = rest
    for (const frame of frames) {
      if (frame.kind === 'ping') socket.write(pongFrame(frame.payload))
      if (frame.kind === 'close') socket.end()
    }
  })
}

function messageOf(
  event: Readonly<Stripe.Event>,
  { secret, webhook }: { secret: string; webhook: string },
): string {
  const payload = JSON.stringify(event, null, 2)
  const at = Math.floor(Date.now() / 1000)
  return JSON.stringify({
    type: 'webhook_event',
    endpoint: { api_version: API_VERSION },
    event_payload: payload,
    http_headers: {
      Accept: '*/*; q=0.5, application/xml',
      'Cache-Control': 'no-cache',
      'Content-Type': 'application/json; charset=utf-8',
      'Stripe-Signature': sign(payload, [secret], at),
      'User-Agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
    },
    webhook_conversation_id: newId('wc'),
    webhook_id: webhook,
  })
}
