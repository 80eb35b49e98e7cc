import { afterAll, beforeAll, expect, it } from 'vitest'
import { db } from '@/db/client'
import { listEntries } from '@/db/queries/outbox'
import { enqueueMail } from '@/lib/mail/enqueue'
import { MAIL } from '@/lib/mail/mail'
import { behindWire } from '@/lib/webhooks/behind-wire.fixture'
import { readBilling } from './read'

let world: Awaited<ReturnType<typeof behindWire>>

beforeAll(async () => {
  world = await behindWire()
})
afterAll(() => world.stop())

const EMAIL = { to: 'a@example.test', subject: 's', text: 't', html: 'h', link: null }

// breakage: crons come once a day, and no webhook comes | each visit to the billing page works through what waits, and sends what is in the outbox
it('a visit works through what others left behind, and sends what waits, once it is answered', async () => {
  const [ada, bob] = [await world.customer(), await world.customer()]
  await bob.mark()
  await enqueueMail(db(), 'one', { ...EMAIL, expiresAt: null })
  const later: (() => Promise<void>)[] = []
  await readBilling(ada.userId, { refresh: 'stale', later: (work) => later.push(work) })
  expect([await bob.tier(), await sent()]).toEqual([null, 0])
  await Promise.all(later.map((work) => work()))
  expect([await bob.tier(), await sent()]).toEqual(['pro', 1])
})

it('whose turn it is not still sends what its own read left there', async () => {
  const ada = await world.customer()
  await ada.mark()
  await enqueueMail(db(), 'two', { ...EMAIL, expiresAt: null })
  const later: (() => Promise<void>)[] = []
  await readBilling(ada.userId, { refresh: 'stale', later: (work) => later.push(work) })
  await Promise.all(later.map((work) => work()))
  expect([await ada.tier(), await sent()]).toEqual(['pro', 2])
})

async function sent(): Promise<number> {
  return (await listEntries(MAIL, 10)).filter(({ deliveredAt }) => deliveredAt).length
}
