import { describe, expect, test } from 'vitest'
import type { AuditRow } from '@/db/queries/audit'
import type { ReportedEvent } from '@/db/queries/console-customer'
import { AUDIT_ACTIONS } from '@/lib/audit-action'
import { PLANS } from '@/lib/catalog/plans'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { FACTS } from '@/lib/events/handlers'
import type { EventId } from '@/lib/ids'
import { chipsOf } from './chips'
import { sentenceOf } from './sentence'
import { timelineOf } from './timeline'

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 1, 9, 0, seconds))
const JOB = { type: 'system', job: 'webhook' } as const
const ANA = { type: 'operator', id: 'u_ana' } as const

let n = 0
function row(action: string, seconds: number, over: Partial<AuditRow> = {}): AuditRow {
  n += 1
  return {
    ...{ scope: 'cus_1', n, at: at(seconds), actor: JOB, action, before: null, after: {} },
    ...{ eventIds: [], prev: '', hash: '' },
    ...over,
  }
}

function event(
  type: string,
  seconds: number,
  id: EventId = `evt_${type}${seconds}`,
): ReportedEvent {
  const instants = { receivedAt: at(seconds), doneAt: at(seconds), stripeCreatedAt: at(seconds) }
  return { id, type, objectId: null, state: 'done', ...instants }
}

describe('a timeline', () => {
  test('shows a purchase as one act, under what matters of it, with all of its webhooks', () => {
    const webhooks = [
      ...['checkout.session.completed', 'customer.subscription.created', 'invoice.paid'],
      ...['customer.updated', 'payment_method.attached', 'customer.subscription.updated'],
    ].map((type, k) => event(type, 2 + k))
    const acts = timelineOf(
      [
        row('checkout.start', 0),
        row('subscription.start', 4, { after: { tier: SMALL } }),
        row('invoice.paid', 5),
      ],
      webhooks,
    )
    expect(acts).toHaveLength(1)
    expect(acts[0]?.headline.sentence).toBe(`${PLANS[SMALL].name} started.`)
    expect(acts[0]?.more.map(({ sentence }) => sentence)).toEqual([
      'Began to buy A plan.',
      'An invoice was paid.',
    ])
    expect(acts[0]?.events).toHaveLength(6)
    expect(acts[0]?.topics.toSorted()).toEqual(['money', 'plan'])
  })

  test('keeps what is minutes apart in acts of its own, the newest first', () => {
    const acts = timelineOf([row('subscription.start', 0), row('subscription.end', 300)], [])
    expect(acts.map(({ headline }) => headline.sentence)).toEqual([
      'The plan ended.',
      'A plan started.',
    ])
  })

  test('puts an event with the act that it led to, however late that was read', () => {
    const late = event('customer.subscription.deleted', 0, 'evt_late')
    const acts = timelineOf([row('subscription.end', 600, { eventIds: ['evt_late'] })], [late])
    expect(acts).toHaveLength(1)
    expect(acts[0]?.events).toEqual([late])
  })

  test('says of events of which nothing came that nothing changed', () => {
    const [act] = timelineOf([], [event('customer.updated', 0)])
    expect(act?.headline.sentence).toBe('Stripe reported customer.updated; nothing changed.')
    const [many] = timelineOf([], [event('customer.updated', 0), event('invoice.paid', 1)])
    expect(many?.headline.sentence).toBe('Stripe reported 2 things; nothing changed.')
  })

  test('puts what an operator asked for above what came of it, with their reason', () => {
    const [act] = timelineOf(
      [
        row('console.cancel', 0, { actor: ANA, after: { refund: true, reason: 'By phone' } }),
        row('subscription.request_cancel_now', 0, { actor: ANA, after: { refund: true } }),
        row('subscription.end', 1),
      ],
      [],
    )
    expect(act?.headline).toMatchObject({
      ...{ sentence: 'Asked to cancel with a refund.', actor: ANA, reason: 'By phone' },
    })
    expect(act?.topics).toContain('operator')
  })

  test('loses no row and no event, and shows each once', () => {
    const rows = Array.from({ length: 40 }, (_, k) => row('subscription.update', k * 7))
    const events = Array.from({ length: 60 }, (_, k) => event('customer.updated', k * 5))
    const acts = timelineOf(rows, events)
    expect(acts.flatMap((act) => act.events)).toHaveLength(60)
    const said = acts.flatMap((act) => [act.headline, ...act.more])
    expect(new Set(said.map((each) => each.n)).size).toBe(40)
  })
})

test.each([...AUDIT_ACTIONS, ...FACTS.keys()])('%s is said in a sentence', (action) => {
  expect(sentenceOf({ action, before: null, after: null })).toMatch(/^[A-Z][^_]+\.$/)
})

test('a fact that no one has named yet is said in its own words', () => {
  expect(sentenceOf({ action: 'invoice.overdue_again', before: null, after: null })).toBe(
    'invoice overdue again.',
  )
})

test('what moved is said in few words, and of what is new only what it brought', () => {
  expect(
    chipsOf({
      before: { status: 'active', entitlement: { tier: 'pro', access: 'full' } },
      after: { status: 'past_due', entitlement: { tier: 'pro', access: 'grace' } },
    }),
  ).toEqual(['status active › past_due', 'access full › grace'])
  expect(
    chipsOf({ before: {}, after: { status: 'active', entitlement: { tier: 'pro' } } }),
  ).toEqual(['plan none › pro'])
  expect(chipsOf({ before: null, after: null })).toEqual([])
})
