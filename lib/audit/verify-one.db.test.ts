import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { disconnect } from '@/db/client'
import { anchorAudit } from './anchor'
import { aScope, asOwner, dayOf, writeChain } from './chains.fixture'
import { verifyAudit } from './verify'

const early = aScope()
const late = aScope()

beforeAll(async () => {
  await writeChain(early, [-4, -4])
  await writeChain(late, [-3, -3])
  await anchorAudit()
  // What was anchored of the later chain is altered, and with it the root of that day alone.
  await asOwner((tx) =>
    tx.execute(sql`update audit_anchor_heads set hash = 'ff' where scope = ${late}`),
  )
})
afterAll(disconnect)

it('of one chain computes the roots of the days again on which that chain was written', async () => {
  const root = { of: 'day', day: dayOf(-3), kind: 'root_differs' }
  expect((await verifyAudit({ scope: late })).faults).toContainEqual(root)
  expect((await verifyAudit()).faults).toContainEqual(root)
})

it('of one chain leaves what others wrote on other days alone, however long the trail is', async () => {
  expect((await verifyAudit({ scope: early })).faults).toEqual([])
})
