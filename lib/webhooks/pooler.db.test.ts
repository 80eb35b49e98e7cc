import { afterEach, describe, expect, it, vi } from 'vitest'
import { POST } from '@/app/api/webhooks/stripe/route'
import { disconnect } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { findCustomerId } from '@/db/queries/customers'
import { readBilling } from '@/lib/billing/read'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { CARD, shopper } from '@/lib/checkout/shop.fixture'
import { shopForFile } from '@/lib/checkout/shop-for-file.fixture'
import { startCheckout } from '@/lib/checkout/start'
import { env } from '@/lib/env'
import { parseCustomerId } from '@/lib/ids'
import { drain } from '@/lib/sync/drain'
import { productionPorts } from '@/lib/sync/production-ports'
import { payCheckout } from '@/sandbox/lifecycle/checkout/pay'
import { WITHOUT_SOAKS } from '@/scripts/test/soaks'
import { startPooler } from '@/tests/harness/faults/pooler'
import { findPgBouncer, startPgBouncer } from '@/tests/pooler/pgbouncer'
import { attempt, paidEvent } from './behind-wire.fixture'

const later = vi.hoisted((): (() => Promise<void>)[] => [])
vi.mock('next/server', () => ({ after: (work: () => Promise<void>) => later.push(work) }))

const place = vi.hoisted(() => ({ url: '' }))
vi.mock(import('@/lib/env'), async (original) => {
  const { env } = await original()
  return { env: () => ({ ...env(), databaseUrl: place.url || env().databaseUrl }) }
})

const shop = shopForFile()
let close: () => Promise<void>

afterEach(async () => {
  await disconnect()
  await close()
  place.url = ''
})

async function behind(start: (url: string) => Promise<{ port: number; close(): Promise<void> }>) {
  await disconnect()
  const pooler = await start(env().databaseUrl)
  close = pooler.close
  place.url = Object.assign(new URL(env().databaseUrl), { port: `${pooler.port}` }).href
}

const POOLERS = [
  ['1.18', 1],
  ['1.18', 3],
  ['1.25', 3],
] as const

describe.each(WITHOUT_SOAKS ? POOLERS.slice(0, 1) : POOLERS)(
  'behind a pooler as PgBouncer %s, with %i backends',
  (kind, size) => {
    // breakage: a pooler gives each transaction another connection | nothing; nothing that we do outlives its transaction
    it('that forgets everything between two transactions a customer buys, pays and is seen', async () => {
      await behind((url) => startPooler(url, { kind, size }))
      await buyAndBeSeen()
    })
  },
)

const real = findPgBouncer()
const which = real
  ? `PgBouncer ${real.version} itself`
  : 'PgBouncer itself (it is not installed here)'

it.skipIf(!real)(`behind ${which} a customer buys, pays and is seen`, async () => {
  await behind((url) => startPgBouncer(real?.path ?? '', url, { size: 3 }))
  await buyAndBeSeen()
})

async function buyAndBeSeen(): Promise<void> {
  const me = await shopper()
  // A verb with a transaction, and ten clicks on it.
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => startCheckout(me.actor, { tier: SMALL, interval: 'month' })),
  )
  const urls = new Set(answers.map((answer) => (answer.kind === 'checkout' ? answer.url : null)))
  expect(urls.size).toBe(1)
  await payCheckout(shop.sandbox, [...urls][0]?.split('/').at(-1) ?? '', CARD)

  // Ingest, claim and apply, with the copies and the twin that Stripe sends.
  const customer = parseCustomerId(await findCustomerId(me.workspaceId))
  const [event, twin] = [paidEvent(customer), paidEvent(customer)]
  const posts = [event, event, event, twin].map((body) => POST(attempt(body)))
  const texts = await Promise.all((await Promise.all(posts)).map((response) => response.text()))
  expect(texts.filter((answer) => answer.includes('accepted'))).toHaveLength(2)
  await Promise.all(later.splice(0).map((work) => work()))
  await drain(productionPorts(), 'test', 10_000)

  expect(await readBilling(me.workspaceId)).toMatchObject({ tier: SMALL, status: 'active' })
  const actions = (await listAudit(customer)).map(({ action }) => action)
  expect(actions.filter((action) => action === 'invoice.paid')).toHaveLength(1)
}
