import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSandbox } from '@/sandbox/test/pages/opened-sandbox'
import { ask } from '@/sandbox/test/raw-request'
import { startReceiver } from '@/sandbox/test/world'

let shop: Awaited<ReturnType<typeof openSandbox>>

beforeEach(async () => {
  shop = await openSandbox()
})

afterEach(() => shop.stop())

describe('the dashboard', () => {
  it('is what stands at the bare address', async () => {
    expect(await shop.visit('/')).toMatchObject({ status: 303, location: '/dashboard' })
    const { status, facts } = await shop.visit('/dashboard')
    expect(status).toBe(200)
    expect(facts.title).toBe('Customers · Sandbox')
    expect(facts.links).toMatchObject({
      Customers: '/dashboard',
      Events: '/dashboard/events',
      Chaos: '/dashboard/chaos',
    })
    expect(facts.text).toContain('No customers yet')
  })

  it('lists customers with their subscription, and finds them by name, address or id', async () => {
    const { customer } = await shop.portal()
    await shop.stripe.customers.create({ name: 'Bo <b>', email: 'bo@example.test' })
    const { facts } = await shop.visit('/dashboard')
    expect(facts.links).toMatchObject({ 'Ana Example': `/dashboard/customers/${customer}` })
    expect(facts.rowHeaders).toEqual(['Bo <b> bo@example.test', 'Ana Example ana@example.test'])
    expect(facts.text).toContain('Sandbox active')
    for (const q of ['ANA', 'ana@example', customer]) {
      const found = await shop.visit(`/dashboard?q=${q}`)
      expect(found.facts.rowHeaders).toEqual(['Ana Example ana@example.test'])
      expect(found.facts.field('Name, email address or id')).toMatchObject({ value: q })
    }
    expect((await shop.visit('/dashboard?q=%3Cscript')).page).not.toContain('<script'.concat('"'))
    expect((await shop.visit('/dashboard?q=unknown')).facts.rowHeaders).toEqual([])
  })

  it("shows a subscription's life as a timeline, newest first", async () => {
    const { customer, subscription } = await shop.portal()
    await jump('renewal', subscription)
    const { facts, page } = await shop.visit(`/dashboard/customers/${customer}`)
    expect(facts.headings).toEqual([
      'Ana Example',
      'Clock',
      'Subscription to Pro active',
      'Invoices',
    ])
    const places = ['Invoice of $19.00 paid', 'Subscribed'].map((words) => page.indexOf(words))
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(facts.text.match(/Invoice of \$19\.00 paid/g)).toHaveLength(2)
    expect(facts.rowHeaders[0]).toContain('subscription cycle')
  })

  it('shows each delivery of an event, and sends it again', async () => {
    let status = 500
    const receiver = await startReceiver(() => status)
    const endpoint = await shop.stripe.webhookEndpoints.create({
      url: receiver.url,
      enabled_events: ['customer.created'],
    })
    await shop.stripe.customers.create({ name: 'Ana' })
    await receiver.count(1)
    const [event] = (await shop.stripe.events.list({ type: 'customer.created' })).data
    const path = `/dashboard/events/${event?.id}`
    await expect.poll(async () => (await shop.visit(path)).facts.rowHeaders).toEqual(['1'])
    expect((await shop.visit(path)).facts.text).toContain('customer.created 1 pending')
    status = 200
    const sent = await shop.send(`${path}/send`)
    expect(sent).toMatchObject({ status: 303, location: `${path}?done=sent` })
    const signed = receiver.received.at(-1)
    const { body = '', signature = '' } = signed ?? {}
    const again = shop.stripe.webhooks.constructEvent(body, signature, endpoint.secret ?? '')
    expect(again.id).toBe(event?.id)
    const { facts } = await shop.visit(sent.location ?? '')
    expect(facts.rowHeaders).toEqual(['1', '2'])
    expect(facts.text).toContain('customer.created Delivered')
    expect((await shop.visit('/dashboard/events?q=customer.created')).facts.buttons).toContain(
      `Send again customer.created ${event?.id}`,
    )
    await receiver.stop()
  })

  it('says that no endpoint listens when an event is sent again without one', async () => {
    await shop.stripe.customers.create()
    const [event] = (await shop.stripe.events.list({ limit: 1 })).data
    const { location } = await shop.send(`/dashboard/events/${event?.id}/send`)
    expect((await shop.visit(location ?? '')).facts.text).toContain('no enabled webhook endpoint')
  })

  it('sets the chaos switches, refuses nonsense, and switches everything off', async () => {
    const set = await shop.send('/dashboard/chaos', { duplicate: 'true', rate_limit: '0' })
    expect(set.location).toBe('/dashboard/chaos?done=saved')
    const { facts, page } = await shop.visit('/dashboard/chaos')
    expect(facts.headings).toEqual(['Chaos On'])
    expect(page.match(/name="duplicate" value="true" checked/g)).toHaveLength(1)
    expect(page.match(/ checked/g)).toHaveLength(1)
    const refused = await shop.send('/dashboard/chaos', { delay_seconds: 'soon' })
    expect(refused.status).toBe(400)
    expect(refused.facts.alerts).toEqual([
      '"delay_seconds" must be a whole number from 0 to 86400.',
    ])
    await shop.send('/dashboard/chaos', { off: 'yes', drop: 'true' })
    expect((await shop.visit('/dashboard/chaos')).facts.headings).toEqual(['Chaos All off'])
  })

  it('sets what becomes of a renewal that is not paid, and refuses nonsense', async () => {
    const { facts } = await shop.visit('/dashboard/settings')
    const days = 'Days from each refused attempt to the next, for example 3, 5, 7'
    expect(facts.field(days)).toMatchObject({ value: '3, 5, 7' })
    const form = { retry_days: '1,2', after_retries: 'pause', pause_on_first_failure: 'true' }
    const saved = await shop.send('/dashboard/settings', form)
    expect(saved).toMatchObject({ status: 303, location: '/dashboard/settings?done=settings' })
    const kept = { retry_days: [1, 2], after_retries: 'pause', pause_on_first_failure: true }
    const held = async () => JSON.parse((await shop.visit('/_sandbox/settings')).page)
    expect(await held()).toEqual(kept)
    const refused = await shop.send('/dashboard/settings', { ...form, retry_days: '1, soon' })
    expect(refused.status).toBe(400)
    expect(refused.facts.text).toContain('"retry_days" must be a list of at most 8 whole numbers')
    expect(await held()).toEqual(kept)
    await shop.send('/dashboard/settings', { retry_days: '', after_retries: 'leave' })
    expect(await held()).toMatchObject({ retry_days: [], pause_on_first_failure: false })
  })

  it('answers 404 for what there is not', async () => {
    for (const path of ['/dashboard/customers/cus_x', '/dashboard/events/evt_x', '/dashboard/x'])
      expect((await shop.visit(path)).status).toBe(404)
    expect((await shop.send('/dashboard/events/evt_x/send')).status).toBe(404)
  })
})

describe('a page of another site', () => {
  const foreign = { origin: 'http://evil.test' }

  it('may link to the dashboard', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }
    expect((await browse('GET /dashboard', headers)).status).toBe(200)
    expect((await browse('POST /dashboard/clock', headers)).status).toBe(403)
  })

  it('may not read it, move the clock, or send anything', async () => {
    const before = await now()
    expect((await shop.visit('/dashboard', { headers: foreign })).status).toBe(403)
    const fetched = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }
    expect((await browse('GET /dashboard/events', fetched)).status).toBe(403)
    for (const headers of [foreign, { origin: 'null' }]) {
      expect((await shop.send('/dashboard/clock', { jump: 'month' }, headers)).status).toBe(403)
      expect((await shop.send('/dashboard/chaos', { drop: 'true' }, headers)).status).toBe(403)
    }
    expect((await now()) - before).toBeLessThan(60)
    expect((await shop.visit('/dashboard/chaos')).facts.headings).toEqual(['Chaos All off'])
  })
})

// Without fetch, which writes Sec-Fetch-Mode itself.
function browse(line: string, headers: Record<string, string>) {
  return ask(Number(new URL(shop.url).port), line, headers)
}

function jump(name: string, subscription?: string) {
  const fields = subscription ? { jump: name, subscription } : { jump: name }
  return shop.send('/dashboard/clock', fields)
}

async function now(): Promise<number> {
  return JSON.parse((await shop.visit('/_sandbox/health')).page).now
}
