import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asApplicationRole } from '@/db/application-role.fixture'
import { db, disconnect } from '@/db/client'
import { findSubject } from '@/db/queries/erase'
import { openShop } from '@/lib/checkout/shop.fixture'
import { oneCustomer } from '@/lib/sync/one-customer.fixture'
import type { RunningSandbox } from '@/sandbox/server'
import { erasePerson } from './erase-person'
import { prune } from './prune'

const JOB = { type: 'system', job: 'test' } as const
const PAYLOAD = '{"email":"ada@example.test"}'
let shop: RunningSandbox
let app: Awaited<ReturnType<typeof asApplicationRole>>

beforeAll(async () => {
  app = await asApplicationRole()
  shop = await openShop()
})
afterAll(async () => {
  await disconnect()
  await app.drop()
  await shop.stop()
})

describe('the application, as a role that cannot rewrite what Stripe said', () => {
  it('prunes what has served, and erases a person who asks for it', async () => {
    const one = await oneCustomer()
    await one.ingest({ payload: PAYLOAD })
    const found = await findSubject({ userId: one.userId })
    if (!found) throw new Error('There is no person to erase.')
    const erase = { reason: 'On request.', atStripe: 'redact' } as const
    expect(await erasePerson(JOB, found, erase)).toMatchObject({ payloads: 1 })
    expect(await prune(() => false)).toMatchObject({ complete: true })
  })

  it.each([
    'update webhook_events set payload = null',
    "update webhook_events set payload_sha256 = 'x'",
    'delete from outbox',
  ])('may not do it by itself: %s', async (statement) => {
    await expect(db().execute(sql.raw(statement))).rejects.toMatchObject({
      cause: { code: '42501' },
    })
  })

  it('empties nothing young of a person who was not erased, whatever it calls', async () => {
    const one = await oneCustomer()
    await one.ingest({ payload: PAYLOAD })
    await db().execute(
      sql`select prune_payloads(1000000), erase_payloads(array[${one.customerId}])`,
    )
    const rows = await app.owner`
      select payload from webhook_events where customer_id = ${one.customerId}`
    expect([...rows]).toEqual([{ payload: PAYLOAD }])
  })
})
