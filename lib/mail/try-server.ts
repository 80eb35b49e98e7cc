import { connect as connectPlain, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'

/** How far a mail server goes with us, and its words where it stops. */
export type Conversation = { kind: 'taken' } | { kind: 'refused'; step: string; words: string }

// Milliseconds for all of it.
const PATIENCE = 10_000

/**
 * Talks to the server of EMAIL_SERVER up to the point where a message would follow: greeting, sign-in and
 * sender. Nothing is sent.
 * @throws no connection, no trust in its certificate, or no answer in time
 */
export async function tryServer(
  server: string,
  from: string,
  patience = PATIENCE,
): Promise<Conversation> {
  const url = new URL(server)
  const socket = open(url)
  const deadline = setTimeout(
    () => socket.destroy(new Error(`no answer in ${patience / 1000} s`)),
    patience,
  )
  try {
    return await converse(socket, url, addressOf(from))
  } finally {
    clearTimeout(deadline)
    socket.destroy()
  }
}

function open(url: URL): Socket {
  const secure = url.protocol === 'smtps:'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  // As lib/mail/smtp.ts does: its certificate is checked, whatever the environment says.
  const trust = { rejectUnauthorized: true, ...(isIP(host) ? {} : { servername: host }) }
  return secure
    ? connectTls({ host, port: Number(url.port) || 465, ...trust })
    : connectPlain({ host, port: Number(url.port) || 587 })
}

async function converse(socket: Socket, url: URL, sender: string): Promise<Conversation> {
  const answers = answersOf(socket)
  const say = async (line: string) => {
    socket.write(`${line}\r\n`)
    return next(answers)
  }
  const greeting = await next(answers)
  if (!greeting.startsWith('2')) return refused('the greeting', greeting)
  const hello = await say('EHLO localhost')
  if (!hello.startsWith('2')) return refused('EHLO', hello)
  if (url.username) {
    const words = ['', decodeURIComponent(url.username), decodeURIComponent(url.password)]
    const login = await say(`AUTH PLAIN ${Buffer.from(words.join('\0')).toString('base64')}`)
    if (!login.startsWith('2')) return refused('the sign-in', login)
  }
  const mail = await say(`MAIL FROM:<${sender}>`)
  if (!mail.startsWith('2')) return refused('the sender', mail)
  await say('RSET')
  socket.write('QUIT\r\n')
  return { kind: 'taken' }
}

function refused(step: string, words: string): Conversation {
  return { kind: 'refused', step, words: words.trim().split('\r\n').at(-1) ?? '' }
}

/** Whole answers of a server: lines that end with one whose code is followed by a space. */
async function* answersOf(socket: Socket): AsyncGenerator<string, void> {
  let held = ''
  for await (const chunk of socket) {
    held += String(chunk)
    for (
      let end = /^\d{3}(?: .*)?\r?\n/m.exec(held);
      end;
      end = /^\d{3}(?: .*)?\r?\n/m.exec(held)
    ) {
      const length = end.index + end[0].length
      yield held.slice(0, length)
      held = held.slice(length)
    }
  }
}

async function next(answers: AsyncGenerator<string, void>): Promise<string> {
  const { value } = await answers.next()
  if (!value) throw new Error('the server hung up')
  return value
}

// `Name <address>` or the address alone; the environment admits no other.
function addressOf(from: string): string {
  return /<([^>]*)>/.exec(from)?.[1] ?? from
}
