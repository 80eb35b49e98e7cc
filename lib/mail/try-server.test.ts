import { type AddressInfo, createServer, type Server } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { afterEach, expect, test } from 'vitest'
import { SELF_SIGNED } from './self-signed.fixture'
import { serveSmtp } from './smtp-server.fixture'
import { tryServer } from './try-server'

const FROM = 'Ledgerline <billing@example.com>'
let close = () => {}
afterEach(() => close())

test('a mail server that takes sign-in and sender would take a message, and is sent none', async () => {
  const { url, heard } = await smtp()
  expect(await tryServer(url, FROM)).toEqual({ kind: 'taken' })
  const said = heard().join('\n')
  expect(said).toContain(`AUTH PLAIN ${Buffer.from('\0ada\0hunter2').toString('base64')}`)
  expect(said).toContain('MAIL FROM:<billing@example.com>')
  expect(said).not.toMatch(/^(RCPT|DATA)/m)
})

test.each([
  ['the greeting', /^$/, '554 go away'],
  ['EHLO', /^EHLO/, '502 no'],
  ['the sign-in', /^AUTH/, '535 5.7.8 wrong'],
  ['the sender', /^MAIL/, '550 5.7.1 not yours'],
])('one that refuses %s is reported in its own words', async (step, command, answer) => {
  const { url } = await smtp((line) => (command.test(line) ? answer : null))
  expect(await tryServer(url, FROM)).toEqual({ kind: 'refused', step, words: answer })
})

test('one that says nothing is left in time, and so is one that hangs up', async () => {
  const silent = await smtp(() => '')
  await expect(tryServer(silent.url, FROM, 200)).rejects.toThrow('no answer in 0.2 s')
  const gone = await listen(createServer((socket) => socket.end()))
  await expect(tryServer(`smtp://127.0.0.1:${gone}`, FROM)).rejects.toThrow()
})

test('one whose certificate is not trusted is sent nothing', async () => {
  let heard = ''
  const port = await listen(
    createTlsServer(SELF_SIGNED, (socket) => {
      socket.on('data', (chunk) => {
        heard += chunk
      })
    }),
  )
  await expect(tryServer(`smtps://ada:hunter2@127.0.0.1:${port}`, FROM)).rejects.toThrow(
    /self-signed/,
  )
  expect(heard).toBe('')
})

async function smtp(instead?: (line: string) => string | null) {
  const served = await serveSmtp(instead)
  close = served.close
  return served
}

async function listen(server: Server): Promise<number> {
  close = () => server.close()
  server.on('connection', (socket) => socket.on('error', () => {}))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}
