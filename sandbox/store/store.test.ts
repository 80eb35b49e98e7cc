import { mkdtempSync, readFileSync, statSync } from 'node:fs'
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

test('events about one object are read back whole, although it is written once', () => {
  const dir = mkdtempSync(join(tmpdir(), 'store-'))
  const store = openStore(dir)
  const customer = newCustomer(1, { id: 'cus_1', name: 'Ana' })
  const eventOf = (id: string, previous?: object) =>
    ({
      id,
      object: 'event',
      type: 'customer.updated',
      data: { object: customer, ...previous },
    }) as Stripe.Event
  store.together(() => {
    change(store, (tx) => {
      tx.insert('event', eventOf('evt_1'))
      tx.insert('event', eventOf('evt_2', { previous_attributes: { name: null } }))
    })
    change(store, (tx) => tx.insert('event', eventOf('evt_3')))
  })
  store.close()
  expect(readFileSync(join(dir, 'journal.jsonl'), 'utf8').match(/"name":"Ana"/g)).toHaveLength(1)
  const again = openStore(dir)
  for (const id of ['evt_1', 'evt_2', 'evt_3'])
    expect(again.find('event', id)?.data.object).toEqual(customer)
  expect(again.find('event', 'evt_2')?.data.previous_attributes).toEqual({ name: null })
  again.close()
})

test('what many transactions save together is written as it is at their end, in one line', () => {
  const dir = mkdtempSync(join(tmpdir(), 'store-'))
  const store = openStore(dir)
  store.together(() => {
    change(store, (tx) => tx.insert('customer', newCustomer(1, { id: 'cus_1', name: 'Ana' })))
    change(store, (tx) => {
      tx.edit('customer', 'cus_1').name = 'Bo'
    })
    expect(() =>
      change(store, (tx) => {
        tx.edit('customer', 'cus_1').name = 'Not saved'
        throw new Error('not this time')
      }),
    ).toThrow('not this time')
  })
  store.close()
  const lines = readFileSync(join(dir, 'journal.jsonl'), 'utf8').trim().split('\n')
  expect(lines).toHaveLength(1)
  const again = openStore(dir)
  expect(again.find('customer', 'cus_1')?.name).toBe('Bo')
  again.close()
})

test('the journal is rewritten when most of it says nothing any more, and not because there is much', () => {
  const dir = mkdtempSync(join(tmpdir(), 'store-'))
  const store = openStore(dir)
  const size = () => statSync(join(dir, 'journal.jsonl')).size
  const name = 'x'.repeat(4 * 1024 * 1024)
  for (let nth = 0; nth < 10; nth += 1)
    change(store, (tx) => tx.insert('customer', newCustomer(1, { id: `cus_${nth}`, name })))
  expect(size()).toBeGreaterThan(40 * 1024 * 1024)
  for (let nth = 0; nth < 12; nth += 1)
    change(store, (tx) => {
      tx.edit('customer', 'cus_0').description = String(nth)
    })
  expect(size()).toBeLessThan(60 * 1024 * 1024)
  store.close()
})
