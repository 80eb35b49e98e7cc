import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { disconnect } from '@/db/client'
import { listSuspects } from '@/db/queries/subscription-problems'
import type { SubscriptionId } from '@/lib/ids'
import { oneCustomer } from '@/lib/sync/one-customer.fixture'
import { invoice, NOW } from '@/lib/sync/rows.fixture'
import { syncCustomer } from '@/lib/sync/sync-customer'
import { subscriptionProblems } from './problems'

let one: Awaited<ReturnType<typeof oneCustomer>>
beforeEach(async () => {
  one = await oneCustomer()
})
afterAll(disconnect)

describe('the list of living subscriptions that an operator has to look at', () => {
  it('is silent about one that is paid, and about one that has ended', async () => {
    const over = { status: 'canceled', endedAt: new Date('2026-11-01') } as const
    const id: SubscriptionId = `${one.snapshot().id}_old`
    expect(await shown(one.snapshot(), { ...one.snapshot({ id }), ...over })).toEqual([])
  })

  it('says of paused collection until when it is, and what the plan does meanwhile', async () => {
    const until = one.snapshot({
      pauseCollection: { resumesAt: new Date('2027-02-01') },
      invoices: [invoice()],
    })
    const [open] = await shown({ ...until, pauseCollection: { resumesAt: null } })
    expect(open?.what).toContain(
      'paused and nothing says until when. It grants its plan until December 13, 2026.',
    )
    const [problem, ...more] = await shown(until)
    expect(problem?.what).toContain('paused until February 1, 2027.')
    expect(more).toEqual([])
  })

  it('names a price that belongs to no plan', async () => {
    const [problem] = await shown(one.snapshot({ priceId: 'price_old', tier: null }))
    expect(problem?.what).toContain('its price price_old belongs to no plan')
  })

  it('names a status that this version does not know', async () => {
    const [problem] = await shown(one.snapshot({ status: 'unknown' }))
    expect(problem?.what).toContain('a status that this version does not know')
  })

  it('names the second of two that charge one customer, and not the first', async () => {
    const created = new Date('2026-11-20T00:00:00Z')
    const second = one.snapshot({ id: `${one.snapshot().id}_2`, created })
    const problems = await shown(second, one.snapshot())
    expect(problems.map(({ what }) => what)).toEqual([
      `${second.id} is a second living subscription of ${one.customerId}: both charge.`,
    ])
  })
})

async function shown(...snapshots: Parameters<typeof one.stripe.show>) {
  one.stripe.show(...snapshots)
  await syncCustomer(one.ports, one.customerId, { type: 'system', job: 'reconcile' })
  return listed()
}

// Of this customer: the database has those of other tests, too.
async function listed() {
  const all = await listSuspects()
  return subscriptionProblems(
    all.filter(({ customerId }) => customerId === one.customerId),
    { now: NOW },
  )
}
