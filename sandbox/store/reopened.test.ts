import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { renewEverybody, subscribeMany } from '@/sandbox/bench/subscribers'
import { type RunningSandbox, startSandbox } from '@/sandbox/server'
import { clientOf } from '@/sandbox/test/world'

const KINDS = [
  'customer',
  'subscription',
  'invoice',
  'invoiceitem',
  'invoice_payment',
  'payment_intent',
  'setup_intent',
  'charge',
  'payment_method',
  'event',
] as const

test('a journal is read back as what was in memory, also of what changed after its event', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-reopened-'))
  const first = await startSandbox({ port: 0, dataDir })
  first.sandbox.deliverer.pause()
  subscribeMany(first.sandbox, 3)
  const stripe = clientOf(first.port)
  const { data } = await stripe.subscriptions.list()
  const [one, two, three] = data
  if (!one || !two || !three) throw new Error('There are no subscriptions.')
  const customer = String(one.customer)
  // Changed without an event of its own, and then again with one.
  const intent = await stripe.setupIntents.create({ customer })
  await stripe.setupIntents.update(intent.id, { metadata: { note: 'quiet' } })
  await stripe.subscriptions.update(one.id, { metadata: { note: 'loud' } })
  renewEverybody(first.sandbox)
  await stripe.subscriptions.cancel(two.id)
  const payment = await stripe.paymentIntents.create({ amount: 500, currency: 'usd', customer })
  await stripe.paymentIntents.update(payment.id, { metadata: { note: 'quiet' } })
  await stripe.customers.update(customer, { name: 'Ana', balance: -300 })
  renewEverybody(first.sandbox)
  const before = stateOf(first)
  await first.stop()
  const second = await startSandbox({ port: 0, dataDir })
  expect(stateOf(second)).toEqual(before)
  await second.stop()
  rmSync(dataDir, { recursive: true })
})

function stateOf({ sandbox: { store } }: RunningSandbox) {
  const rows = KINDS.map((kind) => [kind, Array.from(store.all(kind))] as const)
  return JSON.parse(JSON.stringify(Object.fromEntries(rows)))
}
