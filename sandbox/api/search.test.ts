import { afterAll, beforeAll, expect, test } from 'vitest'
import { startStory } from '@/sandbox/test/story'

let story: Awaited<ReturnType<typeof startStory>>

beforeAll(async () => {
  story = await startStory()
})

afterAll(() => story.stop())

test('everything that Stripe can search is searched, and no path of a search is an id', async () => {
  const { stripe, catalog, subscribe } = story
  const { customer, subscription } = await subscribe()
  const found = async (search: Promise<{ data: { id: string }[] }>) =>
    (await search).data.map(({ id }) => id)
  const invoice = String(subscription.latest_invoice)
  const { data } = await stripe.charges.list({ customer: customer.id })
  expect(
    await found(stripe.invoices.search({ query: `subscription:'${subscription.id}'` })),
  ).toEqual([invoice])
  expect(await found(stripe.invoices.search({ query: 'total>1899 AND status:"paid"' }))).toEqual([
    invoice,
  ])
  expect(await found(stripe.invoices.search({ query: 'total>1900' }))).toEqual([])
  expect(await found(stripe.prices.search({ query: "lookup_key:'pro_monthly'" }))).toEqual([
    catalog.proMonthly.id,
  ])
  expect(
    await found(stripe.products.search({ query: "metadata['tier']:'pro' OR name~'tud'" })),
  ).toEqual([catalog.studio.id, catalog.pro.id])
  expect(await found(stripe.products.search({ query: 'active:"true" AND -name:"Pro"' }))).toEqual([
    catalog.studio.id,
  ])
  expect(
    await found(stripe.charges.search({ query: `customer:'${customer.id}' AND amount:1900` })),
  ).toEqual([data[0]?.id])
  expect(
    await found(stripe.charges.search({ query: 'payment_method_details.card.last4:4242' })),
  ).toEqual([data[0]?.id])
  expect(await found(stripe.paymentIntents.search({ query: "status:'succeeded'" }))).toEqual([
    data[0]?.payment_intent,
  ])
  expect(await found(stripe.customers.search({ query: '-email:null' }))).toEqual([customer.id])
})

test('a query that cannot be read is refused by name', async () => {
  for (const query of ['total', 'a:1 AND b:2 OR c:3'])
    await expect(story.stripe.invoices.search({ query })).rejects.toMatchObject({
      code: 'search_query_invalid',
    })
})
