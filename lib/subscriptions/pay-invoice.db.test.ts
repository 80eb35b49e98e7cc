import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { disconnect } from '@/db/client'
import { openShop } from '@/lib/checkout/shop.fixture'
import { type InvoiceId, parseInvoiceId } from '@/lib/ids'
import { chargeTo, historyOf } from '@/lib/outbox/history.fixture'
import { type Subscriber, subscriber } from '@/lib/reconcile/subscribers.fixture'
import { stripeClient } from '@/lib/stripe/client'
import type { RunningSandbox } from '@/sandbox/server'
import { askedBy, refusalOf } from './asked.fixture'
import { payOneInvoice } from './pay-invoice'

let shop: RunningSandbox
let history: ReturnType<typeof historyOf>
let me: Subscriber
let open: InvoiceId

beforeAll(async () => {
  shop = await openShop()
  history = historyOf(shop)
})
beforeEach(async () => {
  me = await subscriber()
  await history.arrive()
  await chargeTo(me, 'pm_card_chargeCustomerFail')
  await history.later(31, 2)
  const { data } = await stripeClient().invoices.list({ customer: me.customerId, status: 'open' })
  open = parseInvoiceId(data[0]?.id)
})
afterAll(async () => {
  await disconnect()
  await shop.stop()
})

describe('an open invoice on the list of invoices', () => {
  it('pressed twice is paid once, and who asked is on record', async () => {
    await chargeTo(me, 'pm_card_visa')
    expect(await payOneInvoice(me.actor, open)).toEqual({ kind: 'paid' })
    expect(await payOneInvoice(me.actor, open)).toEqual({ kind: 'nothing_open' })
    expect(await askedBy(me)).toMatchObject([
      { action: 'invoice.request_payment', actor: me.actor, after: { invoice: open } },
    ])
    const { data } = await stripeClient().charges.list({ customer: me.customerId })
    expect(data.filter(({ paid }) => paid)).toHaveLength(2)
  })

  it('that the bank refuses stays open, with the bank’s reason', async () => {
    expect(await refusalOf(payOneInvoice(me.actor, open))).toMatch(/^card_/)
    expect((await stripeClient().invoices.retrieve(open)).status).toBe('open')
  })

  it('is not paid by someone else, who hears of it no more than of one that is not there', async () => {
    const other = await subscriber()
    await history.arrive()
    expect(await refusalOf(payOneInvoice(other.actor, open))).toBe('not_at_stripe')
    expect(await refusalOf(payOneInvoice(other.actor, 'in_nobody'))).toBe('not_at_stripe')
    expect(await askedBy(other)).toEqual([])
  })
})
