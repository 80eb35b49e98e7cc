import { expect, test } from 'vitest'
import { AUDIT_ACTIONS } from '@/lib/audit-action'
import { FACTS } from '@/lib/events/handlers'
import { sentenceOf } from './sentence'

const HALF = { amount: 950, currency: 'usd' }
const said = (action: string, after: Record<string, unknown> | null = null) =>
  sentenceOf({ action, before: null, after })

test.each([
  ['refund.created', HALF, '$9.50 was sent back.'],
  ['refund.failed', HALF, '$9.50 that was sent back did not arrive.'],
  ['charge.dispute.created', HALF, 'A charge is disputed: $9.50.'],
  ['charge.dispute.closed', { ...HALF, outcome: 'lost' }, 'A dispute of $9.50 was lost.'],
  ['charge.dispute.closed', { ...HALF, outcome: 'won' }, 'A dispute of $9.50 was won.'],
  ['charge.dispute.closed', HALF, 'A dispute of $9.50 was decided.'],
  ['charge.dispute.funds_withdrawn', HALF, 'The disputed amount was taken: $9.50.'],
  ['charge.dispute.funds_reinstated', HALF, 'The disputed amount came back: $9.50.'],
  ['invoice.refund', HALF, '$9.50 that came late was sent back.'],
  ['invoice.keep', HALF, '$9.50 that came late was kept: someone has to decide.'],
  ['invoice.request_payment', HALF, 'Asked to pay $9.50 that is open.'],
  [
    'subscription.request_cancel_now',
    { ...HALF, refund: true },
    'Asked to end the plan at once and to refund $9.50.',
  ],
])('a row of %s with %o names its amount', (action, after, sentence) => {
  expect(said(action, after)).toBe(sentence)
})

test('a row that an earlier version wrote has its sentence without one', () => {
  expect(said('refund.created', { id: 're_1' })).toBe('Money was sent back.')
  expect(said('charge.dispute.closed', { id: 'du_1' })).toBe('A dispute was decided.')
  expect(said('invoice.request_payment')).toBe('Asked to pay what is open.')
  expect(said('of.next_year')).toBe('of next year.')
})

test.each([...AUDIT_ACTIONS, ...FACTS.keys()])('a row of %s is a sentence', (action) => {
  expect(said(action)).toMatch(/^[A-Z].+\.$/)
  const odd = { amount: '1', currency: 'USD', outcome: 'settled' }
  expect(said(action, odd)).toBe(said(action))
})
