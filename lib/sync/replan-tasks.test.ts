import { describe, expect, it } from 'vitest'
import { converge } from './converge'
import { claim, customer, entitlement, NO_PRICES, NOW, row, snapshot } from './rows.fixture'

const context = {
  ...{ actor: { type: 'stripe', eventId: 'evt_1' } as const, now: NOW, prices: NO_PRICES },
}
const about = (type: string) => ({
  ...{ id: 'evt_1' as const, type, objectId: 'sub_1', attempt: null, tries: 0 },
})

function keys(types: readonly string[], over: Parameters<typeof snapshot>[0], known = true) {
  const on = claim({
    ...{ subscriptions: [row()], entitlement: entitlement(), events: types.map(about) },
    ...(known ? {} : { customer: customer({ workspaceId: null }) }),
  })
  const { outbox } = converge(on, { subscriptions: [snapshot(over)], customer: null }, context)
  return outbox.filter(({ kind }) => kind === 'replan').map(({ key }) => key)
}

const PLANNED = { scheduleId: 'sub_sched_1' }
const UPDATED = 'customer.subscription.updated'

describe('a change that is planned', () => {
  it.each([UPDATED, 'subscription_schedule.created', 'subscription_schedule.updated'])(
    'is looked at again once after %s, whatever else came with it',
    (type) => {
      expect(keys(['invoice.paid', type, UPDATED], PLANNED)).toEqual(['replan:sub_1:evt_1'])
    },
  )

  it('is left alone by what says nothing of the subscription', () => {
    expect(keys(['invoice.paid', 'customer.updated'], PLANNED)).toEqual([])
    expect(keys([], PLANNED)).toEqual([])
  })

  it('is none where no schedule is, the subscription has ended, or its customer is unknown', () => {
    expect(keys([UPDATED], { scheduleId: null })).toEqual([])
    expect(keys([UPDATED], { ...PLANNED, status: 'canceled', endedAt: NOW })).toEqual([])
    expect(keys([UPDATED], PLANNED, false)).toEqual([])
  })
})
