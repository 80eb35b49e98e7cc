import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { card, openSandbox } from '@/sandbox/test/pages/opened-sandbox'

let shop: Awaited<ReturnType<typeof openSandbox>>
beforeAll(async () => {
  shop = await openSandbox()
})
afterAll(() => shop.stop())

describe('a customer at the checkout page', () => {
  it('pays and is sent on with the session id', async () => {
    const { path, session, customer } = await shop.checkout()
    const page = await shop.visit(path)
    expect(page.status).toBe(200)
    expect(page.facts.headings[0]).toBe('Subscribe to Pro')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(page.headers.get('referrer-policy')).toBe('same-origin')
    const paid = await shop.send(path, card('4242 4242 4242 4242'))
    expect([paid.status, paid.location]).toEqual([
      303,
      `http://shop.test/return?session_id=${session}`,
    ])
    const { data } = await shop.stripe.subscriptions.list({ customer })
    expect(data.map(({ status }) => status)).toEqual(['active'])
  })

  it.each([
    ['4000 0000 0000 0002', 'Your card was declined.'],
    ['4000 0000 0000 9995', 'Your card has insufficient funds.'],
  ])(
    'with %s reads why, keeps what was typed, and can pay with another',
    async (number, reason) => {
      const { path, customer } = await shop.checkout()
      const declined = await shop.send(path, card(number))
      expect(declined.status).toBe(402)
      expect(declined.facts.alerts).toEqual([`${reason} You were not charged.`])
      expect(declined.facts.field('Card number')).toMatchObject({ value: number })
      expect(declined.facts.field('CVC')).toMatchObject({ value: '' })
      const none = await shop.stripe.subscriptions.list({ customer, status: 'all' })
      expect(none.data).toEqual([])
      expect((await shop.send(path, card('4242 4242 4242 4242'))).status).toBe(303)
    },
  )

  it('shows what is wrong with the form before any bank is asked', async () => {
    const { path } = await shop.checkout()
    const wrong = await shop.send(path, {
      ...card('4242 4242 4242 4241'),
      expiry: '01 / 20',
      cvc: '1',
    })
    expect(wrong.status).toBe(422)
    expect(wrong.facts.alerts).toHaveLength(3)
  })

  it('is asked by the bank, and pays once the bank knows them', async () => {
    const { path } = await shop.checkout()
    const asked = await shop.send(path, card('4000 0025 0000 3155'))
    expect(asked.status).toBe(303)
    const bank = await shop.visit(asked.location ?? '')
    expect(bank.facts.headings).toEqual(['3D Secure 2 Test Page'])
    expect(bank.facts.buttons).toEqual(['Complete authentication', 'Fail authentication'])
    expect(bank.facts.text).toContain('Amount $19.00 Card ending in 3155')
    const done = await shop.send(asked.location ?? '', { outcome: 'complete' })
    expect(done.location).toMatch(/^http:\/\/shop\.test\/return/)
    // The same button pressed twice goes to the same place.
    expect((await shop.send(asked.location ?? '', { outcome: 'complete' })).location).toBe(
      done.location,
    )
  })

  it('comes back to the form when the bank does not know them', async () => {
    const { path } = await shop.checkout()
    const { location } = await shop.send(path, card('4000 0025 0000 3155'))
    const back = await shop.send(location ?? '', { outcome: 'fail' })
    expect(back.location).toBe(`${path}?failed=authentication`)
    const form = await shop.visit(back.location ?? '')
    expect(form.facts.alerts[0]).toMatch(/unable to authenticate/)
    expect((await shop.send(location ?? '', {})).status).toBe(400)
  })

  it('cannot pay twice', async () => {
    const { path } = await shop.checkout()
    const first = await shop.send(path, card('4242 4242 4242 4242'))
    const second = await shop.send(path, card('4242 4242 4242 4242'))
    expect(second.location).toBe(first.location)
    expect((await shop.visit(path)).facts.headings).toEqual(['You already paid'])
  })

  it('finds an expired session closed, with a way back', async () => {
    const { path, session } = await shop.checkout()
    await shop.stripe.checkout.sessions.expire(session)
    const page = await shop.send(path, card('4242 4242 4242 4242'))
    expect(page.facts.headings).toEqual(['This checkout has expired'])
    expect(page.facts.links).toEqual({ 'Back to Ledgerline': 'http://shop.test/pricing' })
  })

  it('starts a trial, with or without a card', async () => {
    const trial = { subscription_data: { trial_period_days: 14 } }
    const withCard = await shop.checkout(trial)
    expect((await shop.visit(withCard.path)).facts.buttons).toContain('Start trial')
    expect((await shop.send(withCard.path, card('4242 4242 4242 4242'))).status).toBe(303)
    const without = await shop.checkout({ ...trial, payment_method_collection: 'if_required' })
    expect((await shop.visit(without.path)).facts.field('Card number')).toBeNull()
    expect((await shop.send(without.path)).status).toBe(303)
    const { data } = await shop.stripe.subscriptions.list({ customer: without.customer })
    expect(data.map(({ status }) => status)).toEqual(['trialing'])
  })

  it('gives an address when the shop has none', async () => {
    const session = await shop.stripe.checkout.sessions.create({
      mode: 'subscription',
      line_items: [{ price: shop.prices.pro, quantity: 1 }],
      success_url: 'http://shop.test/return',
    })
    const path = `/c/pay/${session.id}`
    const wrong = await shop.send(path, { ...card('4242 4242 4242 4242'), email: 'ana' })
    expect(wrong.facts.field('Email')).toMatchObject({ value: 'ana', 'aria-invalid': 'true' })
    await shop.send(path, { ...card('4242 4242 4242 4242'), email: 'ana@example.test' })
    const paid = await shop.stripe.checkout.sessions.retrieve(session.id)
    expect(paid.customer_details?.email).toBe('ana@example.test')
  })

  it('is safe from a form on another site', async () => {
    const { path, session } = await shop.checkout()
    const refused = await shop.send(path, card('4242 4242 4242 4242'), {
      origin: 'http://evil.test',
    })
    expect(refused.status).toBe(403)
    expect((await shop.stripe.checkout.sessions.retrieve(session)).status).toBe('open')
  })
})

describe('an address that leads nowhere', () => {
  it.each([
    '/c/pay/cs_test_none',
    '/p/session/none',
    '/i/in_none',
    '/c/other',
    '/p/',
    '/c/pay/%E0%A4%A',
  ])('%s says so', async (path) => {
    const page = await shop.visit(path)
    expect(page.status).toBe(404)
    expect(page.facts.headings).toEqual(['This page does not exist'])
  })

  it('leaves other paths to others', async () => {
    expect((await shop.visit('/cookies')).page).not.toContain('Sandbox: no money moves')
  })
})
