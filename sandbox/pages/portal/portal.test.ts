import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { card, openSandbox } from '@/sandbox/test/pages/opened-sandbox'

let shop: Awaited<ReturnType<typeof openSandbox>>
beforeAll(async () => {
  shop = await openSandbox()
})
afterAll(() => shop.stop())

describe('a customer in the portal', () => {
  it('sees the plan and the receipt of its payment', async () => {
    const { path } = await shop.portal()
    const { facts } = await shop.visit(path)
    expect(facts.headings).toContain('Pro Active')
    expect(facts.links['Return to Ledgerline']).toBe('http://shop.test/settings/billing')
    const [name, receipt] = Object.entries(facts.links).find(([, href]) =>
      href.startsWith('/i/'),
    ) ?? ['', '']
    const page = await shop.visit(receipt)
    expect(page.facts.headings[0]).toBe(`${name.replace('Invoice', 'Receipt')} Paid`)
    expect(page.facts.text).toContain('$19.00')
    expect(page.facts.text).toContain('Visa ending in 4242')
  })

  it('cancels, sees the end date, and takes it back', async () => {
    const { path, subscription } = await shop.portal()
    const of = `${path}/subscriptions/${subscription}`
    expect((await shop.visit(`${of}/cancel`)).facts.buttons).toEqual(['Cancel subscription'])
    const answer = await shop.send(`${of}/cancel`, { feedback: 'unused', comment: 'Thank you' })
    expect(answer.location).toBe(`${path}?done=cancel-scheduled`)
    const ending = await shop.visit(answer.location ?? '')
    expect(ending.facts.text).toMatch(/Your subscription ends on \w+ \d+, \d{4}\./)
    const canceled = await shop.stripe.subscriptions.retrieve(subscription)
    expect(canceled.cancellation_details).toMatchObject({
      feedback: 'unused',
      comment: 'Thank you',
    })
    // A second click, from a page that still shows the button, wants what is already so.
    expect((await shop.send(`${of}/cancel`)).location).toBe(answer.location)
    expect((await shop.send(`${of}/resume`)).location).toBe(`${path}?done=resumed`)
    expect((await shop.send(`${of}/resume`)).location).toBe(`${path}?done=resumed`)
    expect((await shop.stripe.subscriptions.retrieve(subscription)).cancel_at).toBeNull()
  })

  it('changes plan after seeing what it costs', async () => {
    const { path, subscription } = await shop.portal()
    const of = `${path}/subscriptions/${subscription}`
    expect((await shop.visit(`${of}/update`)).facts.choices.join()).toContain(
      'Studio $49.00 per month',
    )
    expect((await shop.visit(`${of}/update?interval=Yearly`)).facts.choices).toEqual([
      'Pro $190.00 per year',
    ])
    const review = await shop.visit(`${of}/update/confirm?price=${shop.prices.studio}`)
    expect(review.facts.text).toMatch(
      /Unused time on .*Remaining time on .*Amount due today \$\d+\.\d\d/,
    )
    const prorationDate = /name="proration_date" value="(\d+)"/.exec(review.page)?.[1] ?? ''
    const fields = { price: shop.prices.studio, proration_date: prorationDate }
    expect((await shop.send(`${of}/update/confirm`, fields)).location).toBe(`${path}?done=changed`)
    expect((await shop.visit(path)).facts.headings).toContain('Studio Active')
    expect((await shop.send(`${of}/update/confirm`, fields)).location).toBe(`${path}?done=changed`)
  })

  it('plans a change for the end of the period, and takes it back', async () => {
    const { path, subscription } = await shop.portal()
    const of = `${path}/subscriptions/${subscription}`
    await shop.send(`${of}/update/confirm`, { price: shop.prices.proYearly })
    const fields = { price: shop.prices.pro }
    const planned = `${path}?done=change-scheduled`
    expect((await shop.send(`${of}/update/confirm`, fields)).location).toBe(planned)
    const waiting = await shop.visit(planned)
    expect(waiting.facts.text).toContain(
      'Your plan is set to change. You keep the one you have until then.',
    )
    expect(waiting.facts.text).toMatch(/Changes to Pro, \$19\.00 per month, on \w+ \d+, \d{4}\./)
    expect(waiting.facts.buttons).toContain("Don't change subscription")
    // A second click, from a page that still shows the button, wants what is already so.
    expect((await shop.send(`${of}/update/confirm`, fields)).location).toBe(planned)
    expect((await shop.send(`${of}/resume`)).location).toBe(`${path}?done=resumed`)
    expect((await shop.visit(path)).facts.text).not.toContain('Changes to')
    expect((await shop.stripe.subscriptions.retrieve(subscription)).schedule).toBeNull()
  })

  it('has to choose a plan that is offered', async () => {
    const { path, subscription } = await shop.portal()
    for (const price of ['', 'price_other']) {
      const page = await shop.visit(
        `${path}/subscriptions/${subscription}/update/confirm?price=${price}`,
      )
      expect([page.status, page.facts.alerts]).toEqual([422, ['Choose one of these plans first.']])
    }
    const other = await shop.portal()
    const page = await shop.visit(`${path}/subscriptions/${other.subscription}/cancel`)
    expect(page.status).toBe(404)
  })

  it('replaces the card, with the reason when it is refused', async () => {
    const { path } = await shop.portal()
    const form = `${path}/payment-method`
    const declined = await shop.send(form, card('4000 0000 0000 0002'))
    expect([declined.status, declined.facts.alerts]).toEqual([
      402,
      ['Your card was declined. The card was not saved.'],
    ])
    const asked = await shop.send(form, card('4000 0025 0000 3155'))
    expect((await shop.visit(asked.location ?? '')).facts.text).toContain(
      'Nothing now: the card is saved',
    )
    expect((await shop.send(asked.location ?? '', { outcome: 'complete' })).location).toBe(
      `${path}?done=card`,
    )
    expect((await shop.visit(path)).facts.text).toContain('Visa ending in 3155')
    expect((await shop.send(form, card('5555 5555 5555 4444'))).location).toBe(`${path}?done=card`)
    expect((await shop.visit(path)).facts.text).toContain('Mastercard ending in 4444')
  })

  it('edits the billing information', async () => {
    const { path, customer } = await shop.portal()
    const details = {
      name: 'Ana B.',
      email: 'ana.b@example.test',
      line1: '1 Sand Street',
      city: 'Berlin',
      country: 'DE',
    }
    const wrong = await shop.send(`${path}/details`, { ...details, email: 'ana' })
    expect([wrong.status, wrong.facts.field('Name')?.value]).toEqual([422, 'Ana B.'])
    expect((await shop.send(`${path}/details`, details)).location).toBe(`${path}?done=details`)
    const saved = await shop.stripe.customers.retrieve(customer)
    expect(saved).toMatchObject({
      name: 'Ana B.',
      email: 'ana.b@example.test',
      address: { line1: '1 Sand Street', country: 'DE' },
    })
    expect((await shop.visit(path)).facts.text).toContain('1 Sand Street, Berlin, Germany')
  })

  it('is safe from a form on another site, and from a link that would change something', async () => {
    const { path, subscription } = await shop.portal()
    const of = `${path}/subscriptions/${subscription}`
    expect((await shop.send(`${of}/cancel`, {}, { 'sec-fetch-site': 'cross-site' })).status).toBe(
      403,
    )
    expect((await shop.visit(`${of}/resume`)).status).toBe(405)
    expect((await shop.stripe.subscriptions.retrieve(subscription)).cancel_at).toBeNull()
  })
})

describe('a portal that was opened for one thing', () => {
  it('starts there and ends at the address it was given', async () => {
    const { open, subscription } = await shop.portal()
    const redirect = { return_url: 'http://shop.test/canceled' }
    const path = await open({
      flow_data: {
        type: 'subscription_cancel',
        subscription_cancel: { subscription },
        after_completion: { type: 'redirect', redirect },
      },
    })
    const start = await shop.visit(path)
    expect(start.location).toBe(`${path}/subscriptions/${subscription}/cancel`)
    const page = await shop.visit(start.location ?? '')
    expect(page.facts.links['Go back']).toBe('http://shop.test/settings/billing')
    expect((await shop.send(start.location ?? '')).location).toBe(redirect.return_url)
  })

  it('confirms in the words it was given', async () => {
    const { open } = await shop.portal()
    const hosted_confirmation = { custom_message: 'Thanks, the new card is in use.' }
    const path = await open({
      flow_data: {
        type: 'payment_method_update',
        after_completion: { type: 'hosted_confirmation', hosted_confirmation },
      },
    })
    const saved = await shop.send(
      (await shop.visit(path)).location ?? '',
      card('4242 4242 4242 4242'),
    )
    const done = await shop.visit(saved.location ?? '')
    expect(done.facts.text).toContain(hosted_confirmation.custom_message)
    expect(done.facts.links).toHaveProperty('Return to Ledgerline')
  })

  it('goes straight to the review of a change', async () => {
    const { open, subscription } = await shop.portal()
    const { items } = await shop.stripe.subscriptions.retrieve(subscription)
    const item = items.data[0]?.id ?? ''
    const path = await open({
      flow_data: {
        type: 'subscription_update_confirm',
        subscription_update_confirm: {
          subscription,
          items: [{ id: item, price: shop.prices.studio, quantity: 1 }],
        },
      },
    })
    const review = await shop.visit((await shop.visit(path)).location ?? '')
    expect(review.facts.headings[0]).toBe('Confirm your update')
  })
})
