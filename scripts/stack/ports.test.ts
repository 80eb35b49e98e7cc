import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { choosePort, freePort } from './ports'

let blocker: Server | undefined

afterEach(() => {
  blocker?.close()
  vi.unstubAllEnvs()
})

test.each(['127.0.0.1', '0.0.0.0'])('a port taken on %s is passed over', async (host) => {
  const taken = await block(host)
  expect(await freePort(taken)).toBeGreaterThan(taken)
})

test('an asked-for port that is taken is refused by name', async () => {
  const taken = await block('127.0.0.1')
  vi.stubEnv('PORT', String(taken))
  await expect(choosePort('PORT', 3_000)).rejects.toThrow(`Port ${taken} is taken, and PORT asks`)
})

test('an asked-for port that is no port is refused by name', async () => {
  vi.stubEnv('PORT', 'http')
  await expect(choosePort('PORT', 3_000)).rejects.toThrow('PORT=http is not a port')
})

test('an asked-for port that is free is given', async () => {
  const free = await freePort(0)
  vi.stubEnv('PORT', String(free))
  expect(await choosePort('PORT', 3_000)).toBe(free)
})

async function block(host: string): Promise<number> {
  blocker = createServer().listen(0, host)
  await once(blocker, 'listening')
  const address = blocker.address()
  if (address === null || typeof address === 'string') throw new Error('Not a port.')
  return address.port
}
