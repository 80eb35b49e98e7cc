import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { POST } from '@/app/api/webhooks/stripe/route'
import { listAudit } from '@/db/queries/audit'
import { readBilling } from '@/lib/billing/read'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { Unavailable } from '@/lib/errors'
import { productionPorts } from '@/lib/sync/production-ports'
import { syncCustomer } from '@/lib/sync/sync-customer'
import { STRIPE_FAILURES } from '@/tests/harness/faults/scripted-stripe'
import { attempt, behindWire, paidEvent } from './behind-wire.fixture'

const later = vi.hoisted((): (() => Promise<void>)[] => [])
vi.mock('next/server', () => ({ after: (work: () => Promise<void>) => later.push(work) }))

let world: Awaited<ReturnType<typeof behindWire>>
let ada: Awaited<ReturnType<typeof world.customer>>

beforeAll(async () => {
  world = await behindWire()
})

beforeEach(async () => {
  world.stripe.fail(null)
  ada = await world.customer()
})

afterAll(() => world.stop())

describe.each(STRIPE_FAILURES)('Stripe answers a read with: %s', (failure) => {
  // breakage: Stripe cannot be read (429, 5xx, a reset, half a body, no JSON) | 200 all the same; the customer sees the change once Stripe answers
  it('the event is kept, nothing is written, and it converges when Stripe is back', async () => {
    world.stripe.fail(failure)
    const response = await POST(attempt(paidEvent(ada.id)))
    expect(response.status).toBe(200)
    world.stripe.reads()
    await runLater()
    // The SDK tries twice at most.
    expect(world.stripe.reads()).toBeLessThanOrEqual(2)
    expect([await ada.tier(), await ada.facts(), await listAudit(ada.id)]).toEqual([null, [], []])
    const target = await ada.target()
    expect(target).toMatchObject({ attempts: 1, leaseUntil: null, syncedSeq: 0 })
    expect(target?.nextRunAt.getTime()).toBeGreaterThan(Date.now() + 2_000)
    expect(target?.lastError).not.toBeNull()

    world.stripe.fail(null)
    await ada.due()
    await world.drain()
    expect([await ada.tier(), (await ada.facts()).length]).toEqual([SMALL, 1])
    expect(await ada.target()).toMatchObject({ attempts: 0, lastError: null })
  })
})

describe('while Stripe does not answer', () => {
  // breakage: Stripe is down while a customer looks at their billing | the page shows what we knew, and says that it is old
  it('a person sees what we knew, and that it is old', async () => {
    await syncCustomer(productionPorts(), ada.id, ada.actor)
    world.stripe.fail('503')
    const billing = await readBilling(ada.workspaceId, { actor: ada.actor, refresh: 'now' })
    expect(billing).toMatchObject({ tier: SMALL, stale: true })
  })

  // breakage: Stripe is down while a customer comes back from paying | the page says that it is under way; the next look is right
  it('a user who waits for it is asked to come back, and the customer stays marked', async () => {
    world.stripe.fail('503')
    const waiting = syncCustomer(productionPorts(), ada.id, ada.actor)
    await expect(waiting).rejects.toThrow(Unavailable)
    const target = await ada.target()
    expect(target?.dirtySeq).toBeGreaterThan(target?.syncedSeq ?? 0)
  })
})

async function runLater() {
  await Promise.all(later.splice(0).map((work) => work()))
}
