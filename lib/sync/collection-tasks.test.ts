import { describe, expect, it } from 'vitest'
import { type Context, converge } from './converge'
import {
  claim,
  customer,
  day,
  entitlement,
  invoice,
  NO_PRICES,
  NOW,
  row,
  seenCustomer,
  snapshot,
} from './rows.fixture'

const context: Context = {
  actor: { type: 'stripe', eventId: 'evt_1' },
  now: NOW,
  prices: NO_PRICES,
}
const over = { status: 'canceled', endedAt: day(-1) } as const
const synced = claim({ subscriptions: [row()], entitlement: entitlement() })
const paid = (objectId: string) => ({
  id: 'evt_1' as const,
  type: 'invoice.paid',
  objectId,
  attempt: 1,
  tries: 0,
})

function collections(on: typeof synced, ...shown: ReturnType<typeof snapshot>[]) {
  const read = { subscriptions: shown, customer: null }
  const { outbox } = converge(on, read, context)
  return outbox.filter(({ kind }) => kind === 'collection')
}
const keys = (...given: Parameters<typeof collections>) =>
  collections(...given).map(({ key }) => key)

describe('a subscription that ends', () => {
  it('has what it left behind closed', () => {
    expect(collections(synced, snapshot(over))).toEqual([
      {
        key: 'collect:subscription.end:sub_1:20261122',
        kind: 'collection',
        payload: { task: 'settle', subscriptionId: 'sub_1', customerId: 'cus_ada' },
      },
    ])
  })

  it('is closed once: a read that shows it again leaves nothing to do', () => {
    const known = claim({ subscriptions: [row(over)], entitlement: entitlement() })
    expect(keys(known, snapshot(over))).toEqual([])
  })

  it('before our records ever knew it is closed, too', () => {
    expect(keys(claim(), snapshot(over))).toEqual(['collect:subscription.end:sub_1:20261122'])
  })

  it('with its customer, which is gone, is closed', () => {
    const read = { subscriptions: [], customer: seenCustomer({ deletedAt: NOW }) }
    const gone = { ...context, now: day(1) }
    const { outbox } = converge(synced, read, gone)
    expect(outbox.map(({ key }) => key)).toEqual(['collect:subscription.end:sub_1:20261124'])
  })

  it('of a customer without a workspace, which does not say that it is ours, is left alone', () => {
    const unlinked = claim({ customer: customer({ workspaceId: null }) })
    const silent = snapshot({ ...over, metadata: { app: null, env: null } })
    expect(keys(unlinked, silent)).toEqual([])
    expect(keys(claim({ customer: null }), silent)).toEqual([])
    expect(keys(unlinked, snapshot(over))).toEqual(['collect:subscription.end:sub_1:20261122'])
  })
})

describe('money that arrives', () => {
  const ended = [row(over), row({ id: 'sub_2' })]
  const shown = [
    snapshot(over),
    snapshot({ id: 'sub_2', invoices: [invoice({ id: 'in_3' }), invoice({ id: 'in_2' })] }),
  ]

  it('while there is an ended subscription is looked at, in case that it is for that one', () => {
    const claimed = claim({ subscriptions: ended, events: [paid('in_1')] })
    expect(collections(claimed, ...shown)).toEqual([
      {
        key: 'collect:invoice.paid:in_1',
        kind: 'collection',
        payload: { task: 'late_payment', invoiceId: 'in_1', customerId: 'cus_ada' },
      },
    ])
  })

  it('for an invoice of a living one is none of that', () => {
    expect(keys(claim({ subscriptions: ended, events: [paid('in_2')] }), ...shown)).toEqual([])
  })

  it('where nothing has ended is none of that', () => {
    expect(keys({ ...synced, events: [paid('in_9')] }, snapshot())).toEqual([])
  })
})
