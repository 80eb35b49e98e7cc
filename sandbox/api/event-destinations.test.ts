import { afterEach, beforeEach, expect, test } from 'vitest'
import { startWorld } from '@/sandbox/test/world'

let world: Awaited<ReturnType<typeof startWorld>>

beforeEach(async () => {
  world = await startWorld()
})

afterEach(() => world.stop())

const WANTED = {
  name: 'Thin',
  type: 'webhook_endpoint',
  event_payload: 'thin',
  enabled_events: ['v1.customer.subscription.active'],
  webhook_endpoint: { url: 'http://x.test/' },
} as const

function asked({ enabled_events, ...others }: typeof WANTED) {
  return { ...others, enabled_events: [...enabled_events] }
}

test('a destination shows its secret and its address only to those who ask', async () => {
  const destinations = world.stripe.v2.core.eventDestinations
  const made = await destinations.create({
    ...asked(WANTED),
    include: ['webhook_endpoint.signing_secret'],
  })
  expect(made.webhook_endpoint).toEqual({ signing_secret: expect.stringMatching(/^whsec_/) })
  expect(made.created).toMatch(/^\d{4}-\d\d-\d\dT/)
  expect(await destinations.retrieve(made.id)).not.toHaveProperty('webhook_endpoint')
  const shown = await destinations.retrieve(made.id, { include: ['webhook_endpoint.url'] })
  expect(shown.webhook_endpoint).toEqual({ url: 'http://x.test/' })
})

test('lists of destinations are read page by page, and what is off says why', async () => {
  const destinations = world.stripe.v2.core.eventDestinations
  const ids: string[] = []
  for (const name of ['a', 'b', 'c']) {
    ids.unshift((await destinations.create({ ...asked(WANTED), name })).id)
  }
  const listed: string[] = []
  for await (const { id } of destinations.list({ limit: 2 })) listed.push(id)
  expect(listed).toEqual(ids)
  expect(await destinations.disable(ids[0] ?? '')).toMatchObject({
    status: 'disabled',
    status_details: { disabled: { reason: 'user' } },
  })
  expect(await destinations.enable(ids[0] ?? '')).not.toHaveProperty('status_details')
  expect(await destinations.del(ids[0] ?? '')).toMatchObject({ id: ids[0] })
  await expect(destinations.retrieve(ids[0] ?? '')).rejects.toMatchObject({ statusCode: 404 })
})

test('a body of /v2 is JSON, and its fields are checked like those of a form', async () => {
  const post = async (body: string) => {
    const response = await fetch(`${world.url}/v2/core/event_destinations`, {
      method: 'POST',
      headers: { Authorization: 'Bearer sk_test_1', 'Content-Type': 'application/json' },
      body,
    })
    return { status: response.status, error: (await response.json()).error }
  }
  expect((await post(JSON.stringify(WANTED))).status).toBe(200)
  for (const wrong of ['', 'name=x', '[]', '{"name":', 'null'])
    expect({ wrong, status: (await post(wrong)).status }).toEqual({ wrong, status: 400 })
  expect(await post(JSON.stringify({ ...WANTED, url: 'x' }))).toMatchObject({
    status: 400,
    error: { param: 'url', code: 'parameter_unknown' },
  })
  const nested = { ...WANTED, webhook_endpoint: { url: 'http://x.test/', secret: 'x' } }
  expect((await post(JSON.stringify(nested))).error.param).toBe('webhook_endpoint[secret]')
})
