import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { afterEach, describe, expect, test } from 'vitest'
import { SELF_SIGNED } from './self-signed.fixture'
import { signInMail } from './sign-in-email'
import { sendBySmtp } from './smtp'
import { serveSmtp } from './smtp-server.fixture'

const mail = signInMail({
  to: 'ada@example.com',
  link: 'https://app.example/sign-in/link?token=t0ken',
  expires: new Date('2030-01-01'),
  host: 'app.example',
})

let server: Server | undefined
const sockets = new Set<Socket>()
afterEach(() => {
  for (const socket of sockets) socket.destroy()
  sockets.clear()
  server?.close()
})

async function listen(made: Server): Promise<number> {
  server = made.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => {})
  })
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve))
  return (made.address() as AddressInfo).port
}

test('a mail server whose certificate is not trusted is sent nothing', async () => {
  let heard = ''
  const port = await listen(
    createTlsServer(SELF_SIGNED, (socket) => {
      socket.on('data', (chunk) => {
        heard += chunk
      })
      socket.write('220 mail.test\r\n')
    }),
  )
  const sent = sendBySmtp(`smtps://ada:hunter2@127.0.0.1:${port}`, 'b@ledgerline.test', mail)
  await expect(sent).rejects.toThrow(/self-signed certificate/)
  expect(heard).toBe('')
})

describe('a server that never comes to the point is left within the deadline', () => {
  const write = (socket: Socket, text: string) => socket.destroyed || socket.write(text)
  test.each<[string, (socket: Socket) => void]>([
    ['says nothing', () => {}],
    ['greets for ever', (socket) => void setInterval(() => write(socket, '220-wait\r\n'), 20)],
    ['talks nonsense', (socket) => void setInterval(() => write(socket, 'la la la\r\n'), 20)],
    [
      'answers each command with half a line',
      (socket) => {
        write(socket, '220 test\r\n')
        setInterval(() => write(socket, '250-la'), 20)
      },
    ],
    [
      'asks to come back later',
      (socket) => {
        write(socket, '220 test\r\n')
        socket.on('data', () => write(socket, '451 greylisted, come back later\r\n'))
      },
    ],
  ])('one that %s', async (_, behave) => {
    const timers = new Set<NodeJS.Timeout>()
    const port = await listen(
      createServer((socket) => {
        behave(socket)
        socket.on('close', () => timers.forEach(clearInterval))
      }),
    )
    const began = performance.now()
    const sent = sendBySmtp(`smtp://127.0.0.1:${port}`, 'b@ledgerline.test', mail, 300)
    await expect(sent).rejects.toThrow('did not take the message within 0.3 seconds')
    expect(performance.now() - began).toBeLessThan(2000)
    await expect.poll(() => sockets.size).toBe(0)
  })
})

describe('the headers of an email', () => {
  /** Sends it to a server that takes it, and gives the lines that were sent, unfolded. */
  async function sent(given: Parameters<typeof sendBySmtp>[2]): Promise<string> {
    let isData = false
    const smtp = await serveSmtp((line) => {
      if (!isData && line.toUpperCase() !== 'DATA') return null
      const isEnd = isData && line === '.'
      if (!isData) {
        isData = true
        return '354 go on'
      }
      isData = !isEnd
      return isEnd ? null : ''
    })
    try {
      await sendBySmtp(smtp.url.replace('ada:hunter2@', ''), 'b@ledgerline.test', given)
      return smtp
        .heard()
        .join('\n')
        .replace(/\n[ \t]+/g, ' ')
    } finally {
      smtp.close()
    }
  }

  test('of one that can be turned off say where, so that a mail program can do it by itself', async () => {
    const url = 'https://app.example/api/emails/unsubscribe?token=abc.def'
    const text = await sent({ ...mail, unsubscribe: url })
    expect(text).toContain(`<${url}>`)
    expect(text).toMatch(/^List-Unsubscribe: <[^>]+>$/im)
    expect(text).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/im)
  })

  test('of one that is owed say nothing of it', async () => {
    expect(await sent(mail)).not.toMatch(/^List-/im)
  })
})
