import { expect, it, vi } from 'vitest'
import { log } from '@/lib/log'
import { receiveEvent } from './receive'
import { now, sign } from './signed.fixture'

const OURS = 'whsec_4c1a7f2e9b3d5a60718293a4b5c6d7e8'
const OTHER = 'whsec_99887766554433221100aabbccddeeff'

const ports = {
  ingestEvent: () => Promise.reject(new Error('Nothing is stored here.')),
  isCommitted: async () => false,
  rememberAlong: () => false,
  secrets: [OURS],
  now: () => new Date(),
  appEnv: 'test',
  livemode: false,
}

const THIN = JSON.stringify({
  id: 'evt_65TfH',
  object: 'v2.core.event',
  type: 'v1.customer.subscription.active',
  created: '2026-11-27T09:00:00.000Z',
  livemode: false,
  related_object: { id: 'sub_1', type: 'subscription', url: '/v1/subscriptions/sub_1' },
})

// breakage: an endpoint at Stripe was made with the payload style Thin | each of its events is refused with 400; the log says what it is and what to change
it.each([
  ['a thin event', THIN, OURS, 0, 'payload style Thin'],
  ['another body that is rightly signed', '{"id":"evt_1"}', OURS, 0, 'rightly signed'],
  ['a signature of yesterday', THIN, OURS, -86_400, 'the clock of this server'],
  ['a signature with another secret', THIN, OTHER, 0, 'STRIPE_WEBHOOK_SECRET is not the secret'],
])(
  'the log of %s says what to look at, and blames nothing else',
  async (_, body, secret, age, advice) => {
    const warn = vi.spyOn(log, 'warn').mockImplementation(() => {})
    const signature = sign(body, { secrets: [secret], at: now() + age })
    expect((await receiveEvent(ports, Buffer.from(body), signature)).status).toBe(400)
    expect(warn.mock.calls).toEqual([[expect.anything(), expect.stringContaining(advice)]])
    expect(`${warn.mock.calls[0]?.[1]}`.includes('is not the secret')).toBe(secret === OTHER)
    warn.mockRestore()
  },
)
