import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type Stripe from 'stripe'
import { expect, test } from 'vitest'
import { newCustomer } from '@/sandbox/objects/customer'
import { itemList, newSubscription } from '@/sandbox/objects/subscription'
import { openStore, type Store } from './store'
import { type Tx, transact } from './transaction'

test("a customer's records are found by the customer, in the order in which they came", () => {
  const store = openStore(null)
  change(store, (tx) => {
    for (const [id, customer] of [
      ['sub_1', 'cus_a'],
      ['sub_2', 'cus_b'],
      ['sub_3', 'cus_a'],
    ] as const)
      tx.insert('subscription', subscription(id, customer))
    expect(idsOf(tx, 'cus_a')).toEqual(['sub_1', 'sub_3'])
    tx.remove('subscription', 'sub_1')
  })
  expect(idsOf(store, 'cus_a')).toEqual(['sub_3'])
  expect(idsOf(store, 'cus_none')).toEqual([])
})

test('a transaction that fails leaves them where they were', () => {
  const store = openStore(null)
  change(store, (tx) => tx.insert('subscription', subscription('sub_1', 'cus_a')))
  const failing = () =>
    change(store, (tx) => {
      tx.insert('subscription', subscription('sub_2', 'cus_a'))
      tx.remove('subscription', 'sub_1')
      throw new Error('not this time')
    })
  expect(failing).toThrow('not this time')
  expect(idsOf(store, 'cus_a')).toEqual(['sub_1'])
})

test('after a restart they are found as before, and events read as they were written', () => {
  const dir = mkdtempSync(join(tmpdir(), 'store-'))
  const first = openStore(dir)
  const event = {
    id: 'evt_1',
    object: 'event',
    type: 'customer.updated',
    created: 1,
    data: { object: newCustomer(1, { name: 'é "Ana"' }), previous_attributes: { name: null } },
  } as Stripe.Event
  change(first, (tx) => {
    tx.insert('subscription', subscription('sub_1', 'cus_a'))
    tx.insert('event', event)
  })
  first.close()
  const again = openStore(dir)
  expect(idsOf(again, 'cus_a')).toEqual(['sub_1'])
  expect({ ...again.find('event', 'evt_1') }).toEqual(event)
  expect([...again.all('event')].map((row) => structuredClone(row))).toEqual([event])
  again.empty()
  expect(idsOf(again, 'cus_a')).toEqual([])
  again.close()
})

function change<T>(store: Store, work: (tx: Tx) => T): T {
  return transact(store, { now: 1, cause: null }, work, () => undefined)
}

function idsOf(reads: Pick<Store, 'by'> | Tx, customer: string): string[] {
  return reads.by('subscription', 'customer', customer).map(({ id }) => id)
}

function subscription(id: string, customer: string): Stripe.Subscription {
  const items = itemList(id, [])
  return newSubscription(1, { id, customer, currency: 'usd', status: 'active', items })
}
