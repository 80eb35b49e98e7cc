import { afterAll, beforeEach, expect, it } from 'vitest'
import { disconnect } from '@/db/client'
import { planWithFeature } from '@/lib/catalog/plan-with-feature'
import { PLANS } from '@/lib/catalog/plans'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { grantOverride } from '@/lib/overrides/grant'
import { revokeOverride } from '@/lib/overrides/revoke'
import { withholdOverride } from '@/lib/overrides/withhold'
import { oneCustomer } from '@/lib/sync/one-customer.fixture'
import { syncCustomer } from '@/lib/sync/sync-customer'
import { someone } from '@/lib/workspaces/someone.fixture'
import { why } from './why'
import { whyText } from './why-text'

const JOB = { type: 'system', job: 'webhook' } as const
const OPS = { type: 'system', job: 'grant by ops' } as const
const ONLY_GREAT = PLANS[GREAT].features.find((one) => !PLANS[SMALL].features.includes(one))
const [IN_SMALL] = PLANS[SMALL].features
if (!ONLY_GREAT || !IN_SMALL) throw new Error('The catalog has no feature to test with.')
const until = new Date(Date.now() + 30 * 86_400_000)

let one: Awaited<ReturnType<typeof oneCustomer>>
beforeEach(async () => {
  one = await oneCustomer()
})
afterAll(disconnect)

async function paid() {
  const snapshot = one.snapshot()
  one.stripe.show(snapshot)
  const event = {
    id: `evt_${one.customerId.slice(4)}` as const,
    type: 'customer.subscription.created',
  }
  await one.ingest(event)
  await one.setTarget({ leaseUntil: null })
  await syncCustomer(one.ports, one.customerId, JOB)
  return { snapshot, event }
}

const text = async (feature = IN_SMALL) =>
  whyText(await why(one.workspaceId, feature ?? expect.unreachable())).join('\n')

it('of a feature that is paid for leads to the subscription, the event of Stripe and who read it', async () => {
  const { snapshot, event } = await paid()
  const chain = await why(one.workspaceId, IN_SMALL)
  expect(chain).toMatchObject({
    decision: { allowed: true, rule: 'plan_includes', override: null },
    stored: { tier: SMALL, lapsed: false },
    subscription: {
      id: snapshot.id,
      trail: [{ scope: one.customerId, action: 'subscription.start', actor: JOB, events: [event] }],
    },
    lastChange: { action: 'subscription.start' },
    overrides: [],
  })
  const said = await text()
  for (const part of [
    'yes',
    'plan_includes',
    `${snapshot.id}`,
    event.id,
    event.type,
    one.customerId,
  ])
    expect(said).toContain(part)
})

it('of a feature that the plan lacks names the plan that has it', async () => {
  await paid()
  expect((await why(one.workspaceId, ONLY_GREAT)).decision).toMatchObject({
    ...{ allowed: false, rule: 'plan_lacks' },
    sentence: `${PLANS[SMALL].name} does not include ${ONLY_GREAT}; ${planWithFeature(ONLY_GREAT)?.name} does.`,
  })
})

it('of what an operator gave and took back leads to who did each, and why', async () => {
  await paid()
  const plan = { kind: 'plan', tier: GREAT } as const
  await grantOverride(OPS, one.workspaceId, plan, { until, reason: 'Conference speaker' })
  const given = await why(one.workspaceId, ONLY_GREAT)
  expect(given).toMatchObject({
    decision: { allowed: true, rule: 'granted_plan_includes', override: { actor: OPS } },
    overrides: [{ inForce: true, trail: [{ action: 'override.grant', actor: OPS, events: [] }] }],
    lastChange: { action: 'override.grant' },
  })
  await revokeOverride(OPS, one.workspaceId, plan, { reason: 'The talk was called off' })
  expect(await why(one.workspaceId, ONLY_GREAT)).toMatchObject({
    decision: { allowed: false, rule: 'plan_lacks' },
    overrides: [
      { inForce: false, trail: [{ action: 'override.grant' }, { action: 'override.revoke' }] },
    ],
  })
  const said = await text(ONLY_GREAT)
  expect(said).toContain('The talk was called off')
  expect(said).toContain('grant by ops')
})

it('of one feature that is given or withheld names that decision, and not those about others', async () => {
  await paid()
  const terms = { until, reason: 'Abuse of the interface' }
  await grantOverride(OPS, one.workspaceId, { kind: 'feature', feature: ONLY_GREAT }, terms)
  await withholdOverride(OPS, one.workspaceId, { kind: 'feature', feature: IN_SMALL }, terms)
  expect(await why(one.workspaceId, ONLY_GREAT)).toMatchObject({
    decision: { allowed: true, rule: 'feature_granted' },
    overrides: [{ name: ONLY_GREAT }],
  })
  expect(await why(one.workspaceId, IN_SMALL)).toMatchObject({
    decision: { allowed: false, rule: 'feature_withheld' },
    overrides: [{ name: IN_SMALL }],
  })
  await withholdOverride(OPS, one.workspaceId, { kind: 'plan' }, terms)
  const { decision } = await why(one.workspaceId, PLANS[SMALL].features[1] ?? IN_SMALL)
  expect(decision).toMatchObject({ allowed: false, rule: 'plan_withheld' })
})

it('of an ended subscription says that it allows nothing, and since which audit row', async () => {
  const { snapshot } = await paid()
  one.stripe.show({ ...snapshot, status: 'canceled', endedAt: new Date() })
  await syncCustomer(one.ports, one.customerId, JOB)
  expect(await why(one.workspaceId, IN_SMALL)).toMatchObject({
    decision: { allowed: false, rule: 'subscription_allows_nothing' },
    subscription: { trail: [{}, { action: 'subscription.end' }] },
    lastChange: { action: 'subscription.end', after: { entitlement: { tier: 'free' } } },
  })
})

it('of a workspace that never bought has no link, and says so', async () => {
  const { workspaceId } = await someone()
  expect(await why(workspaceId, IN_SMALL)).toMatchObject({
    decision: { allowed: false, rule: 'never_bought' },
    ...{ stored: null, subscription: null, overrides: [], lastChange: null },
  })
})

it('never has an address of anyone in it', async () => {
  await paid()
  const chain = await why(one.workspaceId, IN_SMALL)
  expect(JSON.stringify(chain)).not.toContain('@')
  expect(await text()).not.toContain('@')
})
