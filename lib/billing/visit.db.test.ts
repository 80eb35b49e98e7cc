import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { POST } from '@/app/api/webhooks/stripe/route'
import { db } from '@/db/client'
import { listEntries } from '@/db/queries/outbox'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { drainAfterVisit } from '@/lib/jobs/drain-after-visit'
import { enqueueMail } from '@/lib/mail/enqueue'
import { MAIL } from '@/lib/mail/mail'
import { attempt, behindWire, paidEvent } from '@/lib/webhooks/behind-wire.fixture'
import { readAmounts } from './amounts'
import { readBilling } from './read'

vi.mock('next/server', () => ({ after: () => {} }))

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
  await visit(ada)
  expect([await bob.tier(), await sent()]).toEqual([null, 0])
  await drainAfterVisit()
  expect([await bob.tier(), await sent()]).toEqual([SMALL, 1])
})

it('a visit whose turn it is not still sends what its own read put there, and only then', async () => {
  const [ada, bob] = [await world.customer(), await world.customer()]
  await bob.mark()
  await enqueueMail(db(), 'two', { ...EMAIL, expiresAt: null })
  await ada.mark()
  await visit(ada)
  await drainAfterVisit()
  expect([await ada.tier(), await bob.tier(), await sent()]).toEqual([SMALL, null, 1])

  // The event is stored, and what should follow its answer is lost.
  await POST(attempt(paidEvent(ada.id).replace('.paid', '.payment_failed')))
  await ada.due()
  await visit(ada)
  expect(await bob.tier()).toBeNull()
  expect(await sent()).toBeGreaterThan(1)
})

it('a read of billing drains nothing and sends nothing, however it is asked', async () => {
  const [ada, bob] = [await world.customer(), await world.customer()]
  await bob.mark()
  await enqueueMail(db(), 'three', { ...EMAIL, expiresAt: null })
  const before = await sent()
  for (const refresh of ['stale', 'now'] as const) await visit(ada, refresh)
  await readAmounts(ada.actor.id, await readBilling(ada.workspaceId, { actor: ada.actor }))
  expect([await ada.tier(), await bob.tier(), await sent()]).toEqual([SMALL, null, before])
})

/** A read as a page makes it, with all that it leaves for after the answer. */
async function visit(
  { workspaceId, actor }: Awaited<ReturnType<typeof world.customer>>,
  refresh: 'stale' | 'now' = 'stale',
): Promise<void> {
  const later: (() => Promise<void>)[] = []
  await readBilling(workspaceId, { actor, refresh, later: (work) => later.push(work) })
  await Promise.all(later.map((work) => work()))
}

async function sent(): Promise<number> {
  return (await listEntries(MAIL, 10)).filter(({ deliveredAt }) => deliveredAt).length
}
