import type { AddressInfo } from 'node:net'
import { createServer, type Server } from 'node:net'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { db, disconnect } from '@/db/client'
import { listEntries } from '@/db/queries/outbox'
import { listCapturedMail } from '@/lib/mail/captured'
import { deliverMail } from '@/lib/mail/deliver'
import { enqueueMail } from '@/lib/mail/enqueue'
import { signInMail } from '@/lib/mail/sign-in-email'

const LINK = 'https://app.example/sign-in/link?token=t0ken&email=ada%40example.com'
const email = vi.hoisted(() => ({
  server: null as string | null,
  from: 'Ledgerline <billing@ledgerline.test>',
}))
const place = vi.hoisted(() => ({ devTools: true }))

vi.mock('@/lib/env', async (original) => {
  const { env } = await original<typeof import('@/lib/env')>()
  return { env: () => ({ ...env(), email, devTools: place.devTools }) }
})

const mail = (expires = new Date(Date.now() + 900_000)) =>
  signInMail({ to: 'ada@example.com', link: LINK, expires, host: 'app.example' })

let server: Server | undefined
afterEach(async () => {
  // What a test left undelivered is not the next one's business.
  email.server = null
  place.devTools = true
  await deliverMail(100)
  server?.close()
  server = undefined
})
afterAll(() => disconnect())

describe('beside a sandbox without a mail server', () => {
  test('mail is captured with its link, newest first, and written once for one cause', async () => {
    await enqueueMail(db(), 'capture:1', mail())
    await enqueueMail(db(), 'capture:1', mail())
    await enqueueMail(db(), 'capture:2', mail())
    expect(await deliverMail()).toBe(2)
    const captured = await listCapturedMail()
    expect(captured.map(({ id }) => id)).toEqual(['capture:2', 'capture:1'])
    expect(captured[0]).toMatchObject({ to: 'ada@example.com', link: LINK, at: expect.any(Date) })
  })
})

describe('without a mail server anywhere else', () => {
  test('mail waits, and the outbox does not show it', async () => {
    place.devTools = false
    await enqueueMail(db(), 'waits', mail())
    expect(await deliverMail()).toBe(0)
    expect(await listCapturedMail()).toEqual([])
    expect(await entry('waits')).toMatchObject({ deliveredAt: null, attempts: 0 })
  })
})

describe('with a mail server', () => {
  test('mail goes out whole, and its link leaves the outbox', async () => {
    const received = await startSmtp()
    await enqueueMail(db(), 'smtp', mail())
    expect(await deliverMail()).toBe(1)
    expect(received()).toContain('RCPT TO:<ada@example.com>')
    expect(received()).toContain('Sign_in_to_app')
    expect(await entry('smtp')).toMatchObject({ deliveredAt: expect.any(Date) })
    expect(JSON.stringify(await entry('smtp'))).not.toContain('t0ken')
    expect(await listCapturedMail()).toEqual([])
  })

  test('mail that the server refuses stays, with the reason', async () => {
    await startSmtp({ refuse: true })
    await enqueueMail(db(), 'refused', mail())
    expect(await deliverMail()).toBe(0)
    expect(await entry('refused')).toMatchObject({
      deliveredAt: null,
      attempts: 1,
      lastError: "Error: bad response on command 'RCPT': <…> is unknown",
    })
  })

  test('a link that is over is not sent any more', async () => {
    const received = await startSmtp()
    await enqueueMail(db(), 'over', mail(new Date(Date.now() - 1000)))
    expect(await deliverMail()).toBe(0)
    expect(received()).toBe('')
    expect(JSON.stringify(await entry('over'))).not.toContain('t0ken')
  })
})

async function entry(key: string) {
  return (await listEntries('mail', 100)).find((row) => row.key === key)
}

/** A mail server that takes everything, or refuses every recipient; answers what it received. */
async function startSmtp({ refuse = false } = {}): Promise<() => string> {
  let heard = ''
  server = createServer((socket) => {
    let inData = false
    socket.write('220 test\r\n')
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      heard += chunk
      if (inData) {
        if (!heard.endsWith('\r\n.\r\n')) return
        inData = false
        socket.write('250 taken\r\n')
      } else if (/^DATA/i.test(chunk)) {
        inData = true
        socket.write('354 go on\r\n')
      } else if (/^RCPT/i.test(chunk) && refuse)
        socket.write('550 <ada@example.com> is unknown\r\n')
      else socket.write('250 fine\r\n')
    })
  })
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  email.server = `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`
  return () => heard
}
