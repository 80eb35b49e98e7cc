import { afterAll, beforeAll, expect, test } from 'vitest'
import { card, openSandbox } from '@/sandbox/test/pages/opened-sandbox'

let shop: Awaited<ReturnType<typeof openSandbox>>
beforeAll(async () => {
  shop = await openSandbox()
})
afterAll(() => shop.stop())

test('an open invoice is paid on its page with a card that is typed in', async () => {
  const { invoice, subscription, path } = await open('pm_card_chargeCustomerFail')
  const page = await shop.visit(path)
  expect(page.facts.buttons).toContain('Pay $19.00 with Visa ending in 0341')
  const wrong = await shop.send(`${path}/pay`, { ...card('4242'), with: 'card' })
  expect(wrong.status).toBe(422)
  const refused = await shop.send(`${path}/pay`, { with: 'saved' })
  expect([refused.status, refused.facts.alerts]).toEqual([
    402,
    ['Your card was declined. You were not charged.'],
  ])
  const paid = await shop.send(`${path}/pay`, { ...card('4242 4242 4242 4242'), with: 'card' })
  expect([paid.status, paid.location]).toEqual([303, path])
  expect(await shop.stripe.invoices.retrieve(invoice)).toMatchObject({ status: 'paid' })
  expect(await shop.stripe.subscriptions.retrieve(subscription)).toMatchObject({ status: 'active' })
  expect((await shop.send(`${path}/pay`, { with: 'saved' })).status).toBe(303)
})

test('a bank that asks is answered on its own page, and the subscription goes on', async () => {
  const { invoice, path } = await open('pm_card_chargeCustomerFail')
  const asked = await shop.send(`${path}/pay`, { ...card('4000 0027 6000 3184'), with: 'card' })
  expect(asked.location).toMatch(/^\/3ds\/pi_/)
  const bank = await shop.visit(asked.location ?? '')
  expect(bank.facts.headings[0]).toBe('3D Secure 2 Test Page')
  const answered = await shop.send(asked.location ?? '', { outcome: 'complete' })
  expect(answered.location).toBe(path)
  expect(await shop.stripe.invoices.retrieve(invoice)).toMatchObject({ status: 'paid' })
})

test('an invoice and a receipt can be kept as a PDF', async () => {
  const { path } = await open('pm_card_chargeCustomerFail')
  for (const word of ['Invoice', 'Receipt']) {
    const response = await fetch(new URL(`${path}/pdf`, shop.url))
    expect(response.headers.get('content-type')).toBe('application/pdf')
    const text = Buffer.from(await response.arrayBuffer()).toString('latin1')
    expect(text.startsWith('%PDF-1.4')).toBe(true)
    expect(text.trimEnd().endsWith('%%EOF')).toBe(true)
    expect(text).toContain(`(${word})`)
    expect(text).toContain('($19.00)')
    await shop.send(`${path}/pay`, { ...card('4242 4242 4242 4242'), with: 'card' })
  }
})

test('credit and a credit note stand between the total and what is due, on the page and on the paper', async () => {
  const { invoice, path } = await open('pm_card_chargeCustomerFail', -500)
  await shop.stripe.creditNotes.create({ invoice, amount: 400 })
  const { page, facts } = await shop.visit(path)
  expect(facts.buttons).toContain('Pay $10.00 with Visa ending in 0341')
  const table = page.slice(page.indexOf('<tfoot>')).replaceAll(/<[^>]*>/g, ' ')
  expect(table.replaceAll(/\s+/g, ' ')).toContain(
    'Total $19.00 Applied balance −$5.00 Credit note −$4.00 Amount due $10.00',
  )
  const response = await fetch(new URL(`${path}/pdf`, shop.url))
  const paper = Buffer.from(await response.arrayBuffer()).toString('latin1')
  const words = [...paper.matchAll(/\((.*)\) Tj/g)].map(([, word]) => word)
  expect(words.slice(words.indexOf('Total'))).toEqual([
    ...['Total', '$19.00', 'Applied balance', '-$5.00'],
    ...['Credit note', '-$4.00', 'Amount due', '$10.00'],
  ])
})

test('how many there are is said once on each line', async () => {
  const { stripe, prices } = shop
  const { id: customer } = await stripe.customers.create({ email: 'ana@example.test' })
  const seats = await stripe.products.create({ name: 'Seats', unit_label: 'seat' })
  const once = await stripe.prices.create({ product: seats.id, currency: 'usd', unit_amount: 250 })
  await stripe.invoiceItems.create({ customer, pricing: { price: once.id }, quantity: 3 })
  const { latest_invoice } = await stripe.subscriptions.create({
    customer,
    items: [{ price: prices.pro, quantity: 2 }],
    payment_behavior: 'default_incomplete',
    expand: ['latest_invoice'],
  })
  const { hosted_invoice_url: url } = Object(latest_invoice)
  const { page } = await shop.visit(url)
  expect(page).toContain('2 × Pro (at $19.00 / month)')
  expect(page).not.toContain('× 2')
  expect(page).toContain('Seats × 3')
})

async function open(testMethod: string, balance = 0) {
  const { stripe, prices } = shop
  const { id: customer } = await stripe.customers.create({ email: 'ana@example.test', balance })
  const { id: default_payment_method } = await stripe.paymentMethods.attach(testMethod, {
    customer,
  })
  const { id, latest_invoice } = await stripe.subscriptions.create({
    customer,
    items: [{ price: prices.pro }],
    default_payment_method,
  })
  return { subscription: id, invoice: String(latest_invoice), path: `/i/${latest_invoice}` }
}
