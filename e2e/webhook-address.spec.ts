import { once } from 'node:events'
import { request } from 'node:http'
import { expect } from '@playwright/test'
import { test } from './fixtures'
import { signed } from './stack/sign'
import { variable } from './stack/variable'

const WEBHOOK = '/api/webhooks/stripe'

/** Sends a request as it stands: a browser, or a URL, would set its path straight. */
async function send(method: string, path: string, headers: Record<string, string>, body = '') {
  const { hostname, port } = new URL(variable('BASE_URL'))
  const sent = request({ host: hostname, port, method, path, headers, agent: false }).end(body)
  const [answer] = await once(sent, 'response')
  const text = (await answer.toArray()).join('')
  return { status: answer.statusCode, location: answer.headers.location, text }
}

function delivery(): string {
  return JSON.stringify({
    id: `evt_${Math.random().toString(36).slice(2)}`,
    object: 'event',
    type: 'charge.updated',
    created: 1_700_000_000,
    livemode: false,
    data: { object: { id: 'ch_x', object: 'charge', customer: null, metadata: {} } },
  })
}

const host = () => new URL(variable('BASE_URL')).host

test.describe('Stripe’s delivery is taken, and never redirected', () => {
  const addresses = [
    WEBHOOK,
    `${WEBHOOK}/`,
    `${WEBHOOK}//`,
    `/${WEBHOOK}`,
    `//${WEBHOOK}?from=stripe`,
    '/api//webhooks/stripe',
    '/api/webhooks//stripe',
    '/api\\webhooks\\stripe',
    `${WEBHOOK}?_rsc=abc`,
    `http://{host}${WEBHOOK}`,
    `http://{host}/${WEBHOOK}`,
  ]
  for (const address of addresses) {
    test(`at ${address}`, async () => {
      const body = delivery()
      const headers = { 'stripe-signature': signed(body), 'content-type': 'application/json' }
      const answer = await send('POST', address.replace('{host}', host()), headers, body)
      expect(answer).toMatchObject({ status: 200, location: undefined })
      expect(JSON.parse(answer.text).status).toBe('ignored')
    })
  }

  test('with nothing in the answer that only a browser reads', async ({ request }) => {
    const body = delivery()
    const headers = { 'stripe-signature': signed(body), 'content-type': 'application/json' }
    const answer = (await request.post(WEBHOOK, { headers, data: body })).headers()
    expect(answer['cache-control']).toBe('no-store')
    expect(Object.keys(answer)).not.toContain('content-security-policy')
  })

  const marks: Record<string, string>[] = [
    { RSC: '1' },
    { RSC: '1', 'Next-Router-Prefetch': '1' },
    { RSC: '1', 'Next-Router-State-Tree': '%5B%5D' },
    { RSC: '1', 'Next-Router-Segment-Prefetch': '/_tree' },
    { 'Next-Url': '/pricing', 'x-nextjs-data': '1' },
    { 'Next-Action': 'abc' },
    { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'elsewhere.example' },
    { purpose: 'prefetch', accept: 'text/x-component' },
  ]
  for (const mark of marks) {
    test(`with ${JSON.stringify(mark)}`, async () => {
      const body = delivery()
      const answer = await send(
        'POST',
        WEBHOOK,
        { ...mark, 'stripe-signature': signed(body) },
        body,
      )
      expect(answer).toMatchObject({ status: 200, location: undefined })
    })
  }

  for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE', 'TRACE']) {
    test(`and ${method} is no delivery`, async () => {
      for (const path of [WEBHOOK, `/${WEBHOOK}`, `${WEBHOOK}/`]) {
        for (const headers of [{}, { RSC: '1' }]) {
          const { status, location } = await send(method, path, headers)
          expect([status, location]).toEqual([405, undefined])
        }
      }
    })
  }

  test('nor is it at an address that only looks like it', async () => {
    for (const path of ['/API/webhooks/stripe', '/api/webhooks%2Fstripe', `${WEBHOOK}.json`]) {
      const { status, location } = await send('POST', path, {}, '{}')
      expect([status, location]).toEqual([404, undefined])
    }
  })
})
