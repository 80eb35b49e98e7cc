import { type AddressInfo, createServer, type Socket } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { disconnect } from '@/db/client'
import { findFirstOperator } from './first-operator'

afterAll(disconnect)

test('a Postgres that takes a connection and never answers is away', async () => {
  const sockets: Socket[] = []
  const silent = createServer((socket) => {
    sockets.push(socket.on('error', () => {}))
    // AuthenticationOk and ReadyForQuery: what is asked from here on has no limit of its own.
    socket.once('data', () => socket.write(Buffer.from('5200000008000000005a0000000549', 'hex')))
  })
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const { port } = silent.address() as AddressInfo
  expect(await findFirstOperator(`postgres://a:b@127.0.0.1:${port}/x`, 100)).toBe('away')
  for (const socket of sockets) socket.destroy()
  silent.close()
})
