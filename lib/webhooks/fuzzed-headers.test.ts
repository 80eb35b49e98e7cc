import { afterAll, expect, it, vi } from 'vitest'
import { fuzzedHeaders } from './fuzzed-headers.fixture'
import { inboxPorts } from './inbox-ports'
import { receiveEvent } from './receive'
import { sign } from './signed.fixture'
import { setTripwire } from './tripwire.fixture'

const SECRET = 'whsec_4c1a7f2e9b3d5a60718293a4b5c6d7e8'
const AT = 1_795_000_000
const BODY = Buffer.from('{"id":"evt_1","object":"event","type":"invoice.paid"}')

const tripwire = await setTripwire([SECRET])
afterAll(tripwire.stop)

// A new seed is as good as the old one; this one is fixed so that a failure is the same everywhere.
const SEED = 20_261_124

// breakage: an attacker tries signatures until one passes | 400 in constant words, each time
it('of a hundred thousand different headers made to pass, none passes and none is a surprise', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: AT * 1000 })
  const original = { body: BODY, secret: SECRET, at: AT }
  const [seen, ports] = [new Set<string>(), inboxPorts()]
  for (const header of fuzzedHeaders(SEED, original)) {
    const { status, body } = await receiveEvent(ports, BODY, header)
    if (status !== 400 || body.error !== 'invalid_signature') expect.unreachable(header)
    if (seen.add(header).size === 100_000) break
  }
  expect(tripwire.touched()).toBe(0)
  vi.useRealTimers()
})

it('the header that they are made from is the right one', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: AT * 1000 })
  const header = sign(BODY, { secrets: [SECRET], at: AT })
  // The body is no event: that is said only after the signature has matched.
  expect((await receiveEvent(inboxPorts(), BODY, header)).body).toEqual({
    error: 'invalid_payload',
  })
  vi.useRealTimers()
})
