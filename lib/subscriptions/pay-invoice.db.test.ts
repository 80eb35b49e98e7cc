import { beforeEach, describe, expect, it } from 'vitest'
import { type InvoiceId, parseInvoiceId } from '@/lib/ids'
import { chargeTo } from '@/lib/outbox/history.fixture'
import { historyForFile } from '@/lib/outbox/history-for-file.fixture'
import { owedOf } from '@/lib/owed'
import { type Subscriber, subscriber } from '@/lib/reconcile/subscribers.fixture'
import { stripeClient } from '@/lib/stripe/client'
import { retrieveInvoice } from '@/lib/stripe/invoices'
import { askedBy, refusalOf } from './asked.fixture'
import { readOpenPayment } from './open-payment'
import { payInvoiceShown } from './pay-invoice'
import { shownCharge } from './shown-charge'

const { history } = historyForFile()
let me: Subscriber
let open: InvoiceId
let shown: string

beforeEach(async () => {
  me = await subscriber()
  await history.arrive()
  await chargeTo(me, 'pm_card_chargeCustomerFail')
  await history.later(31, 2)
  const { data } = await stripeClient().invoices.list({ customer: me.customerId, status: 'open' })
  open = parseInvoiceId(data[0]?.id)
  shown = await shownNow(open)
})

/** What a page says of an invoice now, for the form of its button. */
const shownNow = async (id: InvoiceId) => shownCharge(await retrieveInvoice(id))
const paidBy = async ({ customerId }: Subscriber) => {
  const { data } = await stripeClient().charges.list({ customer: customerId })
  return data.filter(({ paid }) => paid).map(({ amount }) => amount)
}

describe('an open invoice that a page shows', () => {
  it('pressed twice is paid once, and who asked is on record', async () => {
    await chargeTo(me, 'pm_card_visa')
    expect(await payInvoiceShown(me.actor, shown)).toEqual({ kind: 'paid' })
    expect(await payInvoiceShown(me.actor, shown)).toEqual({ kind: 'nothing_open' })
    expect(await askedBy(me)).toMatchObject([
      { action: 'invoice.request_payment', actor: me.actor, after: { invoice: open } },
    ])
    const { data } = await stripeClient().charges.list({ customer: me.customerId })
    expect(data.filter(({ paid }) => paid)).toHaveLength(2)
  })

  it('that the bank refuses stays open, with the bank’s reason', async () => {
    expect(await refusalOf(payInvoiceShown(me.actor, shown))).toMatch(/^card_/)
    expect((await stripeClient().invoices.retrieve(open)).status).toBe('open')
  })

  it('is not paid by someone else, who hears of it no more than of one that is not there', async () => {
    const other = await subscriber()
    await history.arrive()
    expect(await refusalOf(payInvoiceShown(other.actor, shown))).toBe('not_at_stripe')
    expect(await refusalOf(payInvoiceShown(other.actor, 'in_unknown 1900 usd'))).toBe(
      'not_at_stripe',
    )
    expect(await askedBy(other)).toEqual([])
  })

  it('is the one that is paid, and no newer one that is open by now', async () => {
    await chargeTo(me, 'pm_card_visa')
    const newer = await aNewerOne()
    expect(await payInvoiceShown(me.actor, shown)).toEqual({ kind: 'paid' })
    expect(await paidBy(me)).toEqual([1900, 1900])
    expect((await retrieveInvoice(newer)).status).toBe('open')
  })

  it('beside an older one is owed with it, and one press pays each once, the oldest first', async () => {
    const newer = await aNewerOne()
    const { open: found } = (await readOpenPayment(me.actor)) ?? {}
    if (!found) throw new Error('Two are open.')
    expect(owedOf(found)).toEqual({ amount: 1900 + 9900, currency: 'usd' })
    const both = shownCharge(found)
    expect(both).toBe(`${open} 1900 usd ${newer} 9900 usd`)
    // A part of it that is another by now is not charged, and neither is the rest.
    await chargeTo(me, 'pm_card_visa')
    expect(await refusalOf(payInvoiceShown(me.actor, both.replace('9900', '9800')))).toBe(
      'amount_changed',
    )
    expect(await payInvoiceShown(me.actor, both)).toEqual({ kind: 'paid' })
    expect(await payInvoiceShown(me.actor, both)).toEqual({ kind: 'nothing_open' })
    expect(await paidBy(me)).toEqual([9900, 1900, 1900])
    expect((await askedBy(me)).map(({ after }) => after?.invoice)).toEqual([open, newer])
  })

  it('is not paid over another amount than was shown, and the new one can be agreed to', async () => {
    await chargeTo(me, 'pm_card_visa')
    await stripeClient().creditNotes.create({ invoice: open, amount: 700 })
    expect(await refusalOf(payInvoiceShown(me.actor, shown))).toBe('amount_changed')
    expect(await paidBy(me)).toEqual([1900])
    expect(await askedBy(me)).toEqual([])
    expect(await payInvoiceShown(me.actor, await shownNow(open))).toEqual({ kind: 'paid' })
    expect(await paidBy(me)).toEqual([1200, 1900])
  })

  it('whose amount its page did not know is not paid, nor by a form that says what is none', async () => {
    await chargeTo(me, 'pm_card_visa')
    for (const said of [undefined, '', 'resumes', open, `${open} x usd`, `${open} 1900 usd usd`])
      expect(await refusalOf(payInvoiceShown(me.actor, said))).toBe('amount_not_shown')
    for (const said of [`${open} 1900 eur`, `${open} 190 usd`])
      expect(await refusalOf(payInvoiceShown(me.actor, said))).toBe('amount_changed')
    expect(await paidBy(me)).toEqual([1900])
  })
})

/** Another invoice of the same plan, for another amount. */
async function aNewerOne(): Promise<InvoiceId> {
  const { invoiceItems, invoices } = stripeClient()
  const { id } = await invoices.create({
    ...{ customer: me.customerId, subscription: me.subscriptionId, auto_advance: false },
  })
  const item = { customer: me.customerId, amount: 9900, currency: 'usd', invoice: id }
  await invoiceItems.create(item)
  await invoices.finalizeInvoice(id)
  return parseInvoiceId(id)
}
