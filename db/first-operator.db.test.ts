import { type AddressInfo, createServer, type Socket } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { db, disconnect } from '@/db/client'
import { findSubject } from '@/db/queries/erase'
import { operators } from '@/db/schema/operators'
import { env } from '@/lib/env'
import { appointFirst } from '@/lib/operators/appoint-first'
import { erasePerson } from '@/lib/retention/erase-person'
import { someone } from '@/lib/workspaces/someone.fixture'
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

test('someone had the role also once the only operator there ever was is erased, so /setup stays gone', async () => {
  const url = env().databaseUrl
  expect(await findFirstOperator(url)).toBe('none')
  const { userId, actor } = await someone()
  await appointFirst(actor, userId)
  const subject = await findSubject({ userId })
  if (!subject) throw new Error('There is no person to erase.')
  const job = { type: 'system', job: 'person.erase by root' } as const
  await erasePerson(job, subject, { reason: 'On request.', atStripe: 'keep' })
  expect(await db().$count(operators)).toBe(0)
  expect(await findFirstOperator(url)).toBe('there')
})
