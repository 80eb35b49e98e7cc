import { beforeEach, describe, expect, it, vi } from 'vitest'
import { shopper } from '@/lib/checkout/shop.fixture'
import type { InvoiceId } from '@/lib/ids'
import { chargeTo } from '@/lib/outbox/history.fixture'
import { historyForFile } from '@/lib/outbox/history-for-file.fixture'
import { type Subscriber, subscriber } from '@/lib/reconcile/subscribers.fixture'
import { mayRead } from '@/lib/redis/person-reads'
import { stripeClient } from '@/lib/stripe/client'
import { payInvoiceShown } from '@/lib/subscriptions/pay-invoice'
import { shownCharge } from '@/lib/subscriptions/shown-charge'
import { readInvoices } from './invoices'
import { findReceipt } from './receipt'

const { shop, history } = historyForFile()
let me: Subscriber

beforeEach(async () => {
  me = await subscriber()
  await history.arrive()
})

async function listOf(actor = me.actor, after: InvoiceId | null = null) {
  const read = await readInvoices(actor, after)
  if (read.kind !== 'list') throw new Error(`There is no list: ${read.kind}.`)
  return read
}

describe('the invoices of someone who pays', () => {
  it('are Stripe’s, with their reason, amount, page and a PDF that is one', async () => {
    const { unpaid, invoices, next } = await listOf()
    expect(unpaid).toEqual([])
    expect(next).toBeNull()
    expect(invoices).toMatchObject([
      { status: 'paid', billingReason: 'subscription_create', total: { amount: 1900 } },
    ])
    const [first] = invoices
    const pdf = await fetch(first?.pdfUrl ?? '')
    expect(pdf.headers.get('content-type')).toBe('application/pdf')
    expect((await pdf.text()).slice(0, 5)).toBe('%PDF-')
    expect(await (await fetch(first?.pageUrl ?? '')).text()).toContain(first?.number)
  })

  it('say how much of what was paid went back, and how', async () => {
    const { charges, creditNotes, refunds } = stripeClient()
    const [first] = (await listOf()).invoices
    const [charge] = (await charges.list({ customer: me.customerId })).data
    const invoice = String(first?.id)
    const back = async () => (await listOf()).invoices[0]?.back
    const nothing = { refunded: 0, credited: 0, takenBack: 0, disputed: 0 }
    expect(await back()).toEqual(nothing)
    await refunds.create({ charge: String(charge?.id), amount: 300 })
    expect(await back()).toEqual({ ...nothing, refunded: 300 })
    await creditNotes.create({ invoice, amount: 400, credit_amount: 400 })
    expect(await back()).toEqual({ ...nothing, refunded: 300, credited: 400 })
    // What a note sends back is a refund of the charge, and counts once.
    await creditNotes.create({ invoice, amount: 200, refund_amount: 200 })
    expect(await back()).toEqual({ ...nothing, refunded: 500, credited: 400 })
    const page = await (await fetch(first?.pageUrl ?? '')).text()
    expect(page).toContain('Refunded')
    expect(page).toContain('$5.00')
  })

  it('come newest first, and what is open stands before all of them', async () => {
    await history.later(31, 2)
    await chargeTo(me, 'pm_card_chargeCustomerFail')
    await history.later(31, 2)
    const { unpaid, invoices } = await listOf()
    expect(unpaid).toMatchObject([
      { status: 'open', billingReason: 'subscription_cycle', remaining: { amount: 1900 } },
    ])
    expect(invoices.map(({ billingReason }) => billingReason)).toEqual([
      'subscription_cycle',
      'subscription_create',
    ])
  })

  it('whose bank debit is on its way are open, and neither paid nor to be paid again', async () => {
    await chargeTo(me, 'pm_usBankAccount_processing')
    await history.later(31, 2)
    const { unpaid } = await listOf()
    expect(unpaid).toMatchObject([{ status: 'open', isProcessing: true }])
    const [open] = unpaid
    expect(shownCharge(open ?? null)).toBe('')
    // From a page that was drawn before the bank was asked.
    const before = open ? { ...open, isProcessing: false } : null
    const pressed = payInvoiceShown(me.actor, shownCharge(before))
    await expect(pressed).rejects.toMatchObject({ reason: 'payment_on_its_way' })
  })

  it('are shown a page at a time', async () => {
    await Promise.all(Array.from({ length: 12 }, aSingleInvoice))
    const first = await listOf()
    expect(first.invoices).toHaveLength(12)
    const second = await listOf(me.actor, first.next)
    expect(second.invoices).toMatchObject([{ billingReason: 'subscription_create' }])
    expect(second.next).toBeNull()
  })

  it('that are named in an address and are not there lead to the first page', async () => {
    expect((await listOf(me.actor, 'in_unknown')).invoices).toHaveLength(1)
  })

  it('are no one else’s, also where an address names one of them', async () => {
    const [mine] = (await listOf()).invoices
    const other = await subscriber()
    const theirs = await listOf(other.actor)
    expect(theirs.invoices.map(({ id }) => id)).not.toContain(mine?.id)
    const after = await listOf(other.actor, mine?.id ?? null)
    expect([...after.unpaid, ...after.invoices].map(({ id }) => id)).not.toContain(mine?.id)
  })

  it('are away while Stripe is, which is said and thrown at no one', async () => {
    const list = vi.spyOn(stripeClient().invoices, 'list').mockRejectedValue(new Error('away'))
    expect(await readInvoices(me.actor, null)).toEqual({ kind: 'away' })
    list.mockRestore()
  })

  it('are not asked for without end by one person', async () => {
    // As many as other pages have had read, save one.
    await Promise.all(Array.from({ length: 59 }, () => mayRead(me.userId)))
    expect(await readInvoices(me.actor, null)).toMatchObject({ kind: 'list' })
    expect(await readInvoices(me.actor, null)).toEqual({ kind: 'away' })
  })
})

it('someone who never bought has no invoices, and Stripe is not asked', async () => {
  expect(await readInvoices((await shopper()).actor, null)).toEqual({ kind: 'none' })
})

describe('the receipt of an invoice', () => {
  it('is Stripe’s own, of what was charged', async () => {
    const [paid] = (await listOf()).invoices
    expect(await findReceipt(me.actor, paid?.id)).toMatch(new RegExp(`^${shop.url}/receipts/ch_`))
  })

  it('is no one else’s to read', async () => {
    const [paid] = (await listOf()).invoices
    const other = await subscriber()
    await expect(findReceipt(other.actor, paid?.id)).rejects.toMatchObject({ reason: 'no_receipt' })
    await expect(findReceipt((await shopper()).actor, paid?.id)).rejects.toMatchObject({
      reason: 'no_receipt',
    })
  })

  it('of what is no invoice is none', async () => {
    for (const id of ['in_unknown', 'cus_1', '', undefined])
      await expect(findReceipt(me.actor, id)).rejects.toMatchObject({ code: 'not_found' })
  })
})

async function aSingleInvoice() {
  const { invoiceItems, invoices } = stripeClient()
  const { id } = await invoices.create({ customer: me.customerId })
  await invoiceItems.create({ customer: me.customerId, invoice: id, amount: 100, currency: 'usd' })
  await invoices.finalizeInvoice(id)
  await invoices.pay(id, { paid_out_of_band: true })
}
