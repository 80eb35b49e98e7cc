import { once } from 'node:events'
import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { disconnect } from '@/db/client'
import { PLANS } from '@/lib/catalog/plans'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { grantOverride } from '@/lib/overrides/grant'
import { revokeOverride } from '@/lib/overrides/revoke'
import { withholdOverride } from '@/lib/overrides/withhold'
import { oneCustomer } from '@/lib/sync/one-customer.fixture'
import { productionPorts } from '@/lib/sync/production-ports'
import { invoice, line } from '@/lib/sync/rows.fixture'
import { syncCustomer } from '@/lib/sync/sync-customer'
import { startBroken } from '@/scripts/redis/broken.fixture'
import { WITHOUT_SOAKS } from '@/scripts/test/soaks'
import type { Wire } from '@/tests/harness/faults/wire'
import { startElsewhere } from './ask-elsewhere.fixture'
import { behindOneWire } from './one-wire.fixture'

// The founder's other choice: who gets the money back loses what it paid for.
vi.mock('@/lib/catalog/access-policy', async (original) => {
  const given = await original<typeof import('@/lib/catalog/access-policy')>()
  return { ACCESS_POLICY: { ...given.ACCESS_POLICY, fullRefund: 'end' } }
})

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const JOB = { type: 'system', job: 'webhook' } as const
const OPS = { type: 'system', job: 'grant by ops' } as const
const TERMS = { until: new Date(Date.now() + 300 * 86_400_000), reason: 'Conference speaker' }
const ONLY_GREAT = PLANS[GREAT].features.find((one) => !PLANS[SMALL].features.includes(one))
const [IN_SMALL] = PLANS[SMALL].features
if (!ONLY_GREAT || !IN_SMALL) throw new Error('The catalog has no feature to test with.')
const EXTRA = { kind: 'feature', feature: ONLY_GREAT } as const

type Elsewhere = ReturnType<typeof startElsewhere>
type Customer = Awaited<ReturnType<typeof oneCustomer>>

let wire: Wire
let clock: Awaited<ReturnType<typeof startClock>>
const slow = await startBroken('slow')
const down = await startBroken('down')
const others = new Map<string, Elsewhere>()

beforeAll(async () => {
  clock = await startClock()
  const outside = await behindOneWire(clock.url)
  wire = outside.wire
  const healthy = outside.redis
  for (const [how, redis] of Object.entries({ healthy, slow, down }))
    others.set(how, startElsewhere(redis))
})
afterAll(async () => {
  for (const other of others.values()) await other.stop()
  await disconnect()
  await Promise.all([wire.close(), clock.stop(), slow.stop()])
})

/** A subscriber of the small plan, and how a sync of this process sees them from then on. */
async function subscriber() {
  const one = await oneCustomer()
  const snapshot = one.snapshot()
  // The commit as production makes it.
  const ports = { ...one.ports, ledger: productionPorts().ledger }
  const show = async (over: Partial<typeof snapshot>) => {
    one.stripe.show({ ...snapshot, ...over })
    await syncCustomer(ports, one.customerId, JOB)
  }
  await show({})
  return { ...one, snapshot, show, onGreat: one.snapshot({ tier: GREAT }).items }
}

type Subscriber = Awaited<ReturnType<typeof subscriber>>

function refunded({ items: [item] }: Subscriber['snapshot']) {
  if (!item) throw new Error('There is no item to refund.')
  const { priceId, currentPeriodStart: from, currentPeriodEnd: until } = item
  return invoice({ reversed: 'refunded', lines: [line({ priceId, from, until })] })
}

const ENDS: [string, (of: Subscriber) => Promise<unknown>][] = [
  ['ends', ({ show }) => show({ status: 'canceled', endedAt: new Date() })],
  ['lapses without an event', () => clock.ahead(90)],
  [
    'is refunded, where that ends it',
    ({ show, snapshot }) => show({ invoices: [refunded(snapshot)] }),
  ],
  ['is paused', ({ show }) => show({ status: 'paused' })],
  [
    'becomes one for a quantity of none',
    ({ show, snapshot }) =>
      show({ items: snapshot.items.map((each) => ({ ...each, quantity: 0 })) }),
  ],
  [
    'loses the feature to an operator',
    ({ workspaceId }) =>
      withholdOverride(OPS, workspaceId, { kind: 'feature', feature: IN_SMALL }, TERMS),
  ],
]

describe.each(['healthy', 'slow', 'down'])('with a Redis that is %s', (how) => {
  const elsewhere = () => others.get(how) ?? expect.unreachable()
  const asks = ({ workspaceId }: Pick<Customer, 'workspaceId'>, feature = IN_SMALL) =>
    elsewhere().can(workspaceId, feature ?? expect.unreachable())

  // How a plan ends is Postgres's answer; that Redis keeps no older one is shown by the first of them.
  it.each(WITHOUT_SOAKS && how !== 'healthy' ? ENDS.slice(0, 1) : ENDS)(
    'a plan that %s is gone for the very next question of another process',
    async (_, end) => {
      const one = await subscriber()
      expect(await asks(one)).toBe('yes')
      await end(one)
      expect(await asks(one)).toBe('no')
      clock.ahead(0)
    },
  )

  it('what only the greater plan has is there once it is bought, and gone once the lesser one is back', async () => {
    const one = await subscriber()
    expect(await asks(one, ONLY_GREAT)).toBe('no')
    await one.show({ items: one.onGreat })
    expect(await asks(one, ONLY_GREAT)).toBe('yes')
    await one.show({})
    expect(await asks(one, ONLY_GREAT)).toBe('no')
    expect(await asks(one)).toBe('yes')
  })

  it('what an operator gave is there for the next question, and gone for the one after it is revoked', async () => {
    const one = await subscriber()
    expect(await asks(one, ONLY_GREAT)).toBe('no')
    await grantOverride(OPS, one.workspaceId, EXTRA, TERMS)
    expect(await asks(one, ONLY_GREAT)).toBe('yes')
    await revokeOverride(OPS, one.workspaceId, EXTRA, { reason: 'Called off' })
    expect(await asks(one, ONLY_GREAT)).toBe('no')
  })
})

describe('while Postgres is away', () => {
  const asks = async (how: string, one: Subscriber, feature = IN_SMALL) => {
    wire.cut()
    try {
      return await others.get(how)?.can(one.workspaceId, feature ?? expect.unreachable())
    } finally {
      wire.mend()
    }
  }
  const knows = async (one: Subscriber, feature = IN_SMALL) => {
    for (const other of others.values())
      expect(await other.can(one.workspaceId, feature ?? expect.unreachable())).toBe('yes')
  }

  it('the last answer goes on for a moment where Redis has it, and elsewhere it is not known', async () => {
    const one = await subscriber()
    await knows(one)
    expect(await asks('healthy', one)).toBe('yes')
    expect(await asks('down', one)).toBe('unavailable')
    expect(await asks('slow', one)).toBe('unavailable')
  })

  it('a no of the last answer refuses no customer who may have paid since', async () => {
    const one = await subscriber()
    await knows(one)
    expect(await asks('healthy', one, ONLY_GREAT)).toBe('unavailable')
  })

  it('an answer from before a revoke never says yes', async () => {
    const one = await subscriber()
    await grantOverride(OPS, one.workspaceId, EXTRA, TERMS)
    await knows(one, ONLY_GREAT)
    await revokeOverride(OPS, one.workspaceId, EXTRA, { reason: 'Called off' })
    expect(await asks('healthy', one, ONLY_GREAT)).toBe('unavailable')
  })

  it('an answer from before the plan ended never says yes', async () => {
    const one = await subscriber()
    await knows(one)
    await one.show({ status: 'canceled', endedAt: new Date() })
    expect(await asks('healthy', one)).toBe('unavailable')
  })

  it('an answer whose end is over never says yes', async () => {
    const one = await subscriber()
    await knows(one)
    clock.ahead(90)
    expect(await asks('healthy', one)).toBe('unavailable')
    clock.ahead(0)
  })
})

/** Business time as the sandbox gives it, which every process asks: days ahead of real time. */
async function startClock() {
  let days = 0
  const server = createServer((_, response) => {
    response.end(JSON.stringify({ now: Math.floor(Date.now() / 1000) + days * 86_400 }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    async ahead(to: number) {
      days = to
    },
    async stop() {
      server.close()
      server.closeAllConnections()
    },
  }
}
