import { eq } from 'drizzle-orm'
import { afterAll, expect, it } from 'vitest'
import { db, disconnect } from '@/db/client'
import { applySync } from '@/db/queries/ledger'
import { revenueMoments } from '@/db/schema/revenue'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import type { CustomerId } from '@/lib/ids'
import { changeOf } from './change-of'
import { claimed, oneCustomer } from './one-customer.fixture'

const actor = { type: 'system', job: 'test' } as const

afterAll(disconnect)

it('A subscriber gets access although what the subscription is worth cannot be written down', async () => {
  const one = await oneCustomer()
  const [item] = one.snapshot().items
  // More than a bigint holds: Postgres raises.
  const items = item ? [{ ...item, exactAmount: 1e30 }] : []
  one.stripe.show(one.snapshot({ items }))
  const claim = claimed((await one.ingest()).claim)
  const change = await changeOf(one.ports, claim, actor, false)
  expect(change.revenue.readings).toHaveLength(1)

  const applied = await applySync(claim, change, { keepLease: false, countAttempt: true })
  expect(applied).toMatchObject({ applied: true, revenueLeftOut: expect.stringMatching(/bigint/) })
  expect(await one.entitlement()).toMatchObject({ tier: SMALL, access: 'full' })
  expect(await one.target()).toMatchObject({ attempts: 0, lastError: null })
  expect(await moments(one.customerId)).toEqual([])
})

it('What can be written down is not said to be left out', async () => {
  const one = await oneCustomer()
  one.stripe.show(one.snapshot())
  const claim = claimed((await one.ingest()).claim)
  const change = await changeOf(one.ports, claim, actor, false)
  const applied = await applySync(claim, change, { keepLease: false, countAttempt: true })
  expect(applied).not.toHaveProperty('revenueLeftOut')
  expect(await moments(one.customerId)).toMatchObject([{ mrr: 1900 }])
})

function moments(customerId: CustomerId) {
  return db().select().from(revenueMoments).where(eq(revenueMoments.customerId, customerId))
}
