import { createServer, type RequestListener, type Server } from 'node:http'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { agentFor, getJson } from './get-json'

let agent = agentFor(new URL('http://localhost'))
let server: Server | undefined

beforeEach(() => {
  agent = agentFor(new URL('http://localhost'))
})
afterEach(() => {
  agent.destroy()
  server?.closeAllConnections()
  server?.close()
})

it('reads one answer after the other by the same connection', async () => {
  const url = await serve((_, response) => response.end('{"now":7}'))
  let opened = 0
  server?.on('connection', () => {
    opened += 1
  })
  for (let n = 0; n < 3; n += 1) expect(await ask(url)).toEqual({ now: 7 })
  expect(opened).toBe(1)
})

it('asks again when the server ends the connection as it is used a second time', async () => {
  let asked = 0
  const url = await serve((request, response) => {
    asked += 1
    if (asked === 2) request.socket.resetAndDestroy()
    else response.end(`{"now":${asked}}`)
  })
  await ask(url)
  expect(await ask(url)).toEqual({ now: 3 })
})

it('throws when there is no answer in time, half of one, nonsense, or no server', async () => {
  const silent = await serve(() => {})
  await expect(ask(silent, 50)).rejects.toThrow('No answer in 50 ms.')
  const half = await serve((_, response) => {
    response.writeHead(200, { 'Content-Length': '100' }).write('{"now":')
    setImmediate(() => response.destroy())
  })
  await expect(ask(half)).rejects.toThrow()
  const nonsense = await serve((_, response) => response.end('later'))
  await expect(ask(nonsense)).rejects.toThrow(SyntaxError)
  server?.close()
  server?.closeAllConnections()
  await expect(ask(nonsense)).rejects.toThrow('ECONNREFUSED')
})

function ask(url: URL, patienceMs = 10_000): Promise<unknown> {
  return getJson(url, { agent, patienceMs })
}

async function serve(answer: RequestListener): Promise<URL> {
  server?.closeAllConnections()
  server?.close()
  const next = createServer(answer)
  server = next
  await new Promise<void>((resolve) => next.listen(0, '127.0.0.1', resolve))
  const address = next.address()
  if (address === null || typeof address === 'string') throw new Error('No port.')
  return new URL(`http://127.0.0.1:${address.port}`)
}
