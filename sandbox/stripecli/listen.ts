import { createHash } from 'node:crypto'
import type { Duplex } from 'node:stream'
import type Stripe from 'stripe'
import { sign } from '@/sandbox/deliveries/sign'
import { targetOf } from '@/sandbox/http/target'
import { newId, randomText } from '@/sandbox/ids'
import type { CliSessions } from '@/sandbox/parts'
import type { Sandbox } from '@/sandbox/sandbox'
import { API_VERSION } from '@/sandbox/settings'
import { pongFrame, takeFrames, textFrame } from './frames'

/** Where `stripe listen` connects to once it has its session. */
const PATH = '/_sandbox/stripecli/'
// RFC 6455: what a server appends to the key of a handshake.
const TEST_METHODS = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

// The CLI connects anew after so long, and for a second it does not listen then.
const RECONNECT_SECONDS = 86_400
// What comes before it listens, or while it connects anew, is sent afterwards; more than so many, and it has gone.
const MISSED_MESSAGES = 200

interface Session {
  secret: string
  webhook: string
  socket: Duplex | null
  missed: string[]
}

/** No session yet. */
export function openCliSessions(sandbox: () => Sandbox): CliSessions {
  const sessions = new Map<string, Session>()
  return {
    open() {
      const id = newId('cliws')
      const secret = sandbox().settings.webhookSecret ?? `whsec_${randomText(32)}`
      sessions.set(id, { secret, webhook: newId('we'), socket: null, missed: [] })
      return {
        object: 'stripecli.session',
        default_version: API_VERSION,
        display_connect_filter_warning: false,
        latest_version: API_VERSION,
        reconnect_delay: RECONNECT_SECONDS,
        secret,
        websocket_authorized_feature: 'webhooks',
        websocket_id: id,
        websocket_url: `${sandbox().settings.url.replace(/^http/, 'ws')}${PATH}${id}`,
      }
    },
    connect(request, socket) {
      const session = sessions.get(targetOf(request).path.slice(PATH.length))
      const key = request.headers['sec-websocket-key']
      if (!session || typeof key !== 'string') {
        socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n')
        return
      }
      accept(socket, key, request.headers['sec-websocket-protocol'])
      session.socket = socket
      const gone = () => {
        if (session.socket === socket) session.socket = null
      }
      socket.on('close', gone)
      socket.on('error', gone)
      answerPings(socket)
      for (const message of session.missed.splice(0)) socket.write(textFrame(message))
    },
    send(event) {
      // With `--latest` the CLI forwards what names a version, otherwise what names none, and drops the other.
      for (const session of sessions.values())
        for (const version of [null, API_VERSION]) send(session, messageOf(event, session, version))
    },
    listened: () => sessions.size > 0,
    stop() {
      for (const { socket } of sessions.values()) socket?.destroy()
    },
  }
}

function send({ socket, missed }: Session, message: string) {
  if (socket) socket.write(textFrame(message))
  else if (missed.length < MISSED_MESSAGES) missed.push(message)
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
  { secret, webhook }: Session,
  api_version: string | null,
): string {
  const payload = JSON.stringify(event, null, 2)
  const at = Math.floor(Date.now() / 1000)
  return JSON.stringify({
    type: 'webhook_event',
    endpoint: { api_version },
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
