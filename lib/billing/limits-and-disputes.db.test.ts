import { beforeEach, expect, it } from 'vitest'
import { stateStrips } from '@/app/settings/billing/state-strips'
import { grantCredits } from '@/db/queries/usage-credits'
import { systemActor } from '@/lib/audit/actor'
import { chargeTo } from '@/lib/outbox/history.fixture'
import { historyForFile } from '@/lib/outbox/history-for-file.fixture'
import { type Subscriber, subscriber } from '@/lib/reconcile/subscribers.fixture'
import { stripeClient } from '@/lib/stripe/client'
import { readBilling } from './read'

const { history } = historyForFile()
let me: Subscriber

beforeEach(async () => {
  me = await subscriber()
  await history.arrive()
})

const kinds = async () => stateStrips(await readBilling(me.workspaceId)).map(({ kind }) => kind)

it('a dispute is said above the plan from the day that its bank opens it until it is decided', async () => {
  const other = await subscriber()
  await history.arrive()
  await chargeTo(me, 'pm_card_createDispute')
  await history.later(31, 2)
  expect(await kinds()).toEqual(['dispute'])
  expect(await readBilling(other.workspaceId)).toMatchObject({ isDisputed: false })
  const [charge] = (await stripeClient().charges.list({ customer: me.customerId })).data
  const { data } = await stripeClient().disputes.list({ charge: String(charge?.id) })
  await stripeClient().disputes.update(String(data[0]?.id), {
    evidence: { uncategorized_text: 'winning_evidence' },
    submit: true,
  })
  await history.later(1)
  expect(await kinds()).toEqual([])
})

it('credits that are left are read with the plan, for what is said once its uses are spent', async () => {
  expect((await readBilling(me.workspaceId)).usage).toMatchObject({ overage: 'block', credits: 0 })
  await grantCredits({
    ...{ workspaceId: me.workspaceId, source: 'test:1', quantity: 250 },
    ...{ expiresAt: null, paymentIntentId: null, actor: systemActor('operator') },
  })
  const read = await readBilling(me.workspaceId)
  expect(read.usage).toMatchObject({ credits: 250 })
  const spent = { ...read, usage: { ...read.usage, used: read.usage.limit } }
  expect(stateStrips(spent)[0]?.detail).toContain('taken from your 250 credits')
})
