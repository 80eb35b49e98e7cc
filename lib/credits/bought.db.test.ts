import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { readInvoices } from '@/lib/billing/invoices'
import { findReceipt } from '@/lib/billing/receipt'
import { stripeClient } from '@/lib/stripe/client'
import { creditShop, pack, refundSession } from './credit-shop.fixture'

// The sandbox's numbers for a bank account: its debit arrives after four days, or comes back.
const ARRIVES = { number: '4000000000009201', expMonth: 12, expYear: 2040, cvc: '123', name: 'Ana' }

let world: Awaited<ReturnType<typeof creditShop>>
let me: Awaited<ReturnType<typeof world.buyer>>

beforeAll(async () => {
  world = await creditShop()
})
beforeEach(async () => {
  me = await world.buyer()
})
afterAll(() => world.stop())

async function listed() {
  const read = await readInvoices(me.actor, null)
  if (read.kind !== 'list') throw new Error(`There is no list: ${read.kind}.`)
  return read
}
const { units, price } = pack()

describe('credits, for which Stripe makes no invoice,', () => {
  it('stand beside the invoices with what was paid for them, and with Stripe’s own receipt', async () => {
    const id = await me.buy()
    const { invoices, unpaid, credits } = await listed()
    expect([invoices, unpaid]).toEqual([[], []])
    expect(credits).toEqual([
      {
        ...{ id, units, state: 'paid', total: price, created: expect.any(Date) },
        refunded: { ...price, amount: 0 },
      },
    ])
    expect(await findReceipt(me.actor, id)).toMatch(new RegExp(`^${world.shop.url}/receipts/ch_`))
  })

  it('that were not paid for stand nowhere', async () => {
    await me.open()
    expect((await listed()).credits).toEqual([])
  })

  it('whose money went back say so, with how much', async () => {
    const [part, whole] = [await me.buy(), await me.buy()]
    await refundSession(part, 300)
    await refundSession(whole)
    expect((await listed()).credits).toMatchObject([
      { id: whole, state: 'refunded', refunded: price },
      { id: part, state: 'paid', refunded: { ...price, amount: 300 } },
    ])
  })

  it('are no one else’s, and neither is their receipt', async () => {
    const id = await me.buy()
    me = await world.buyer()
    await me.buy()
    expect((await listed()).credits.map((each) => each.id)).not.toContain(id)
    await expect(findReceipt(me.actor, id)).rejects.toMatchObject({ reason: 'no_receipt' })
    const other = await world.buyer()
    await expect(findReceipt(other.actor, id)).rejects.toMatchObject({ reason: 'no_receipt' })
  })

  it('by a bank debit are on their way, and paid only once the money is there', async () => {
    await me.buy(ARRIVES)
    expect((await listed()).credits).toMatchObject([{ state: 'processing' }])
    await world.pass(5)
    expect((await listed()).credits).toMatchObject([{ state: 'paid' }])
  })

  it('of another application on the same account are none of ours', async () => {
    const id = await me.buy()
    await stripeClient().checkout.sessions.update(id, { metadata: { app: 'othershop' } })
    expect((await listed()).credits).toEqual([])
    await expect(findReceipt(me.actor, id)).rejects.toMatchObject({ reason: 'no_receipt' })
  })

  it('are away with the invoices while Stripe is', async () => {
    await me.buy()
    const list = vi
      .spyOn(stripeClient().checkout.sessions, 'list')
      .mockRejectedValue(new Error('away'))
    expect(await readInvoices(me.actor, null)).toEqual({ kind: 'away' })
    list.mockRestore()
  })
})
