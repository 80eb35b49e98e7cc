import { describe, expect, it } from 'vitest'
import { type Context, converge, type Read } from './converge'
import { NO_CHANGE } from './no-change'
import { CUSTOMER, claim, entitlement, NO_PRICES, NOW, row, snapshot } from './rows.fixture'

const context: Context = {
  actor: { type: 'stripe', eventId: 'evt_1' },
  now: NOW,
  prices: NO_PRICES,
}
const read = (...subscriptions: Read['subscriptions']): Read => ({ subscriptions, customer: null })
const pending = (type: string, objectId: string | null, id: `evt_${string}` = 'evt_1') => ({
  id,
  type,
  objectId,
  attempt: null,
  tries: 0,
})
const synced = claim({ subscriptions: [row()], entitlement: entitlement() })
describe('an event that waited', () => {
  it.each([
    ['checkout.session.completed', 'completed'],
    ['checkout.session.expired', 'expired'],
  ])('%s closes the intent of its session', (type, state) => {
    const { intents } = converge(
      { ...synced, events: [pending(type, 'cs_1')] },
      read(snapshot()),
      context,
    )
    expect(intents).toEqual([{ sessionId: 'cs_1', state }])
  })

  it.each([
    ['checkout.session.async_payment_succeeded', 'cs_1'],
    ['checkout.session.completed', null],
    ['toString', 'cs_1'],
  ])('%s of %s closes none', (type, objectId) => {
    const { intents } = converge(
      { ...synced, events: [pending(type, objectId)] },
      read(snapshot()),
      context,
    )
    expect(intents).toEqual([])
  })

  it('has its fact recorded even if Stripe shows nothing new', () => {
    const paid = { ...synced, events: [pending('invoice.paid', 'in_1')] }
    const change = converge(paid, read(snapshot()), context)
    expect(change).toEqual({
      ...NO_CHANGE,
      facts: [expect.objectContaining({ key: 'invoice.paid:in_1' })],
      outbox: [expect.objectContaining({ key: 'notification:invoice.paid:in_1' })],
    })
  })

  it('causes one email about it, however many report it', () => {
    const events = [
      pending('invoice.payment_action_required', 'in_1', 'evt_1'),
      pending('invoice.payment_action_required', 'in_1', 'evt_2'),
      pending('invoice.marked_uncollectible', 'in_2', 'evt_3'),
    ]
    const { outbox } = converge({ ...synced, events }, read(snapshot()), context)
    const key = 'notification:invoice.payment_failed:in_1:0'
    expect(new Set(outbox.map((entry) => entry.key))).toEqual(new Set([key]))
    expect(outbox[0]?.payload).toEqual({
      kind: 'invoice.payment_action_required',
      objectId: 'in_1',
      customerId: CUSTOMER,
    })
  })

  it('of a failed attempt that the bank wants confirmed are two facts and one email', () => {
    const events = [
      pending('invoice.payment_failed', 'in_1', 'evt_1'),
      pending('invoice.payment_action_required', 'in_1', 'evt_2'),
    ]
    const { facts, outbox } = converge({ ...synced, events }, read(snapshot()), context)
    expect(facts).toHaveLength(2)
    expect(new Set(outbox.map(({ key }) => key)).size).toBe(1)
  })

  it('whose fact cannot be recorded keeps the customer dirty, and holds up nothing else', () => {
    const events = [
      pending('invoice.paid', null, 'evt_1'),
      pending('invoice.paid', 'in_1', 'evt_2'),
    ]
    const change = converge(claim({ events }), read(snapshot()), context)
    expect(change.failures).toEqual([
      { eventId: 'evt_1', error: 'invoice.paid names no object.', dead: false },
    ])
    expect(change.retry).toBe('invoice.paid names no object.')
    expect(change.facts).toHaveLength(1)
    expect(change.subscriptions).toHaveLength(1)
  })

  it('is named by what it led to, together with the others', () => {
    const events = [
      pending('invoice.paid', 'in_1', 'evt_1'),
      pending('customer.subscription.updated', 'sub_1', 'evt_2'),
    ]
    const { audits } = converge(claim({ events }), read(snapshot()), context)
    expect(audits[0]?.eventIds).toEqual(['evt_1', 'evt_2'])
  })
})
