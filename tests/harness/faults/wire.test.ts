import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { startWire, type Wire } from './wire'

let wire: Wire
let stop: () => void

beforeEach(async () => {
  const echo = createServer((socket) => {
    socket.on('error', () => {})
    socket.pipe(socket)
  }).listen(0, '127.0.0.1')
  await once(echo, 'listening')
  const address = echo.address()
  wire = await startWire(address !== null && typeof address === 'object' ? address.port : 0)
  stop = () => echo.close()
})

afterEach(async () => {
  await wire.close()
  stop()
})

function dial(): Socket {
  const socket = connect(wire.port, '127.0.0.1')
  socket.on('error', () => {})
  return socket.setEncoding('utf8')
}

// `once` would take the reset itself for a failure of the test.
function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()))
}

async function ask(socket: Socket, words: string): Promise<string> {
  socket.write(words)
  const [answer] = await once(socket, 'data')
  return String(answer)
}

it('passes on what both sides say', async () => {
  expect(await ask(dial(), 'hello')).toBe('hello')
})

it('cut, it resets present and new connections, until it is mended', async () => {
  const before = dial()
  await ask(before, 'hello')
  const dropped = closed(before)
  wire.cut()
  await dropped
  await closed(dial())
  wire.mend()
  expect(await ask(dial(), 'again')).toBe('again')
})

it('hung, it takes bytes and says nothing, and delivers them when it is mended', async () => {
  const socket = dial()
  await ask(socket, 'hello')
  wire.hang()
  const answer = ask(socket, 'hello?')
  expect(await Promise.race([answer, new Promise((late) => setImmediate(late, 'silence'))])).toBe(
    'silence',
  )
  wire.mend()
  expect(await answer).toBe('hello?')
})

it('frozen, it says nothing more on the connections that it has, and serves new ones', async () => {
  const before = dial()
  await ask(before, 'hello')
  expect(wire.freeze()).toBe(1)
  const answer = ask(before, 'hello?')
  expect(await ask(dial(), 'hello')).toBe('hello')
  expect(await Promise.race([answer, new Promise((late) => setImmediate(late, 'silence'))])).toBe(
    'silence',
  )
  wire.mend()
  expect(await answer).toBe('hello?')
})

it('resets some of the connections that it has, and serves new ones', async () => {
  const both = [dial(), dial()]
  for (const socket of both) await ask(socket, 'hello')
  const dropped = Promise.race(both.map(closed))
  expect(wire.reset(1)).toBe(1)
  await dropped
  expect(both.filter(({ destroyed }) => destroyed)).toHaveLength(1)
  expect(await ask(dial(), 'hello')).toBe('hello')
})

it('distinguishes its connections', async () => {
  const numbers = new Set<number>()
  wire.watch((_, __, connection) => {
    numbers.add(connection)
    return undefined
  })
  await Promise.all([ask(dial(), 'one'), ask(dial(), 'two')])
  expect(numbers.size).toBe(2)
})

it('shows each chunk before it goes on, and can hold it back or cut in its place', async () => {
  const seen: string[] = []
  let letGo = () => {}
  wire.watch((chunk, way) => {
    seen.push(`${way} ${chunk}`)
    if (String(chunk) === 'bye') return 'cut'
    if (way === 'down') return undefined
    return new Promise((resolve) => {
      letGo = () => resolve(undefined)
    })
  })
  const socket = dial()
  const answer = ask(socket, 'hello')
  await expect.poll(() => seen).toEqual(['up hello'])
  letGo()
  expect(await answer).toBe('hello')
  const dropped = closed(socket)
  socket.write('bye')
  await dropped
  expect(seen).toEqual(['up hello', 'down hello', 'up bye'])
})

it('brings what was held to its end, although its sender has died meanwhile', async () => {
  let letGo = () => {}
  const held = new Promise<undefined>((resolve) => {
    letGo = () => resolve(undefined)
  })
  const answers: string[] = []
  const socket = dial()
  const gone = once(socket, 'close')
  wire.watch((chunk, way) => {
    if (way === 'up') {
      socket.end()
      return held
    }
    answers.push(String(chunk))
    return undefined
  })
  socket.write('last words')
  await gone
  letGo()
  await vi.waitFor(() => expect(answers).toEqual(['last words']))
})
