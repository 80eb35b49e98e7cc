import { beforeEach, describe, expect, it } from 'vitest'
import { listAudit } from '@/db/queries/audit'
import { listEntries } from '@/db/queries/outbox'
import { readBilling } from '@/lib/billing/read'
import { BRAND } from '@/lib/brand'
import { COLLECTION_POLICY, type CollectionPolicy } from '@/lib/catalog/collection-policy'
import { PLANS } from '@/lib/catalog/plans'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { chargeTo, emailsTo } from '@/lib/outbox/history.fixture'
import { historyForFile } from '@/lib/outbox/history-for-file.fixture'
import { deliver, type Subscriber, subscriber } from '@/lib/reconcile/subscribers.fixture'
import { stripeClient } from '@/lib/stripe/client'
import { soak } from '@/scripts/test/soak.fixture'
import { invoicesOf, livingOf, paidTooLate, refundsOf } from './late-payment.fixture'

// A renewal and three retries, each with its events, on a machine that may be busy.
const SLOW = { timeout: 60_000 }

const { shop, history } = historyForFile()

beforeEach(() => {
  history.policy = COLLECTION_POLICY
})

const by = (lateMoney: 'refund' | 'restart' | 'keep'): CollectionPolicy => ({
  openInvoices: 'void',
  lateMoney,
})

describe('money that comes for a subscription that has ended', SLOW, () => {
  // breakage: a customer pays for a plan that has ended | the money is sent back once, and they and the operators hear of it
  it('is sent back once, and its owner and the operators hear of it', async () => {
    const { me, invoice } = await paidTooLate(history)
    await history.arrive()
    await again(invoice)
    await history.later(1)

    expect(await refundsOf(me)).toMatchObject([
      { amount: 1900, metadata: { late_invoice: invoice } },
    ])
    const own = (await emailsTo(me)).filter(({ subject }) => /sent your/.test(subject))
    expect(own).toHaveLength(1)
    expect(own[0]?.text).toMatch(
      /^\$19\.00 for Pro arrived on .* By then Pro had ended, on .*\n\nIt could not bring Pro back, so we sent it back\./,
    )
    expect(own[0]?.link).toBe('http://localhost:3000/pricing')
    const heard = await operatorsHeard(invoice)
    expect(heard.map(({ to }) => to).toSorted()).toEqual([
      'first-operator@example.test',
      'second-operator@example.test',
    ])
    expect(heard[0]?.text).toContain('It was sent back')
    expect(await done(me, 'invoice.refund')).toMatchObject([
      {
        actor: { type: 'system', job: 'collection' },
        after: { invoice, subscription: me.subscriptionId, amount: 1900, currency: 'usd' },
      },
    ])
    expect((await readBilling(me.workspaceId)).tier).toBe('free')
  })

  it('by the policy keep stays where it is, and both hear that a person decides', async () => {
    history.policy = by('keep')
    const { me, invoice } = await paidTooLate(history)
    await history.arrive()
    expect(await refundsOf(me)).toEqual([])
    expect((await emailsTo(me)).at(-1)?.text).toContain('There is no need to pay again.')
    expect((await operatorsHeard(invoice))[0]?.text).toContain('refund it, or start the plan anew')
    expect(await done(me, 'invoice.keep')).toHaveLength(1)
  })

  it('by the policy restart starts the plan anew, paid for a period, once, and on the card that paid', async () => {
    history.policy = by('restart')
    const { me, invoice, card } = await paidTooLate(history)
    await history.arrive()
    await again(invoice)
    expect(await refundsOf(me)).toEqual([])
    expect(await readBilling(me.workspaceId)).toMatchObject({ tier: SMALL, status: 'active' })
    const living = await livingOf(me)
    expect(living).toMatchObject([
      { default_payment_method: card, metadata: { app: BRAND.stripe.app, paid_by: invoice } },
    ])
    const email = (await emailsTo(me)).at(-1)
    expect(email?.subject).toBe(`${PLANS[SMALL].name} is on again`)
    expect(email?.text).toMatch(
      /It pays for a first period: Pro is on again, and paid until \w+ \d+, 2\d{3}\./,
    )
    expect((await operatorsHeard(invoice))[0]?.text).toContain(String(living[0]?.id))
    expect(await done(me, 'subscription.restart')).toMatchObject([
      { after: { invoice, restartedAs: living[0]?.id } },
    ])
    // Nothing more was taken for the first period; the next is a renewal like any other.
    expect((await invoicesOf(me)).map(({ amount_paid }) => amount_paid)).toEqual([0, 1900, 1900])
    await history.later(31, 2)
    expect((await invoicesOf(me)).map(({ amount_paid }) => amount_paid)).toEqual([
      1900, 0, 1900, 1900,
    ])
  })

  it('by the policy restart is sent back where the customer has bought anew by then', async () => {
    history.policy = by('restart')
    const { me, card } = await paidTooLate(history)
    const { items } = await stripeClient().subscriptions.retrieve(me.subscriptionId)
    await stripeClient().subscriptions.create({
      customer: me.customerId,
      items: [{ price: String(items.data[0]?.price.id) }],
      default_payment_method: card,
    })
    await history.arrive()
    expect(await livingOf(me)).toHaveLength(1)
    expect(await refundsOf(me)).toHaveLength(1)
    const email = (await emailsTo(me)).at(-1)
    expect(email?.text).toContain('Your other plan goes on as it is.')
    expect(email?.text).not.toContain('choose it anew')
  })

  soak('by the policy restart is sent back where the plan is off sale', async () => {
    history.policy = by('restart')
    const { me } = await paidTooLate(history)
    const { items } = await stripeClient().subscriptions.retrieve(me.subscriptionId)
    const price = String(items.data[0]?.price.id)
    await stripeClient().prices.update(price, { active: false })
    await history.arrive()
    await stripeClient().prices.update(price, { active: true })
    expect(await livingOf(me)).toEqual([])
    expect(await refundsOf(me)).toHaveLength(1)
  })

  it('is kept for a person where the bank disputes it already', async () => {
    const { me, invoice } = await paidTooLate(history)
    const [charge] = (await stripeClient().charges.list({ customer: me.customerId })).data
    shop.sandbox.change(null, (tx) => {
      tx.edit('charge', String(charge?.id)).disputed = true
    })
    await history.arrive()
    expect(await refundsOf(me)).toEqual([])
    expect((await operatorsHeard(invoice))[0]?.text).toContain('Nothing was done with it')
  })

  soak('in the moment after an end at which it was still open is late, too', async () => {
    const me = await subscriber()
    await history.arrive()
    await chargeTo(me, 'pm_card_chargeCustomerFail')
    await history.later(31, 2)
    await stripeClient().subscriptions.cancel(me.subscriptionId)
    history.policy = { openInvoices: 'leave', lateMoney: 'keep' }
    await history.arrive()
    const [open] = await invoicesOf(me)
    const card = await stripeClient().paymentMethods.attach('pm_card_visa', {
      customer: me.customerId,
    })
    await stripeClient().invoices.pay(String(open?.id), { payment_method: card.id })
    await history.arrive()
    expect(await done(me, 'invoice.keep')).toHaveLength(1)
  })

  it('that was on its way as a bank debit when the plan ended is neither made void nor lost', async () => {
    const me = await subscriber()
    await history.arrive()
    await chargeTo(me, 'pm_usBankAccount_success')
    await history.later(31, 2)
    await stripeClient().subscriptions.cancel(me.subscriptionId)
    await history.arrive()
    expect((await invoicesOf(me)).map(({ status }) => status)).toEqual(['open', 'paid'])
    expect(await emailsTo(me)).toEqual([])
    await history.later(5)
    expect((await invoicesOf(me)).map(({ status }) => status)).toEqual(['paid', 'paid'])
    expect(await refundsOf(me)).toMatchObject([{ amount: 1900 }])
  })

  it('and came back as a bank debit after the end leaves an invoice that is closed then', async () => {
    const me = await subscriber()
    await history.arrive()
    await chargeTo(me, 'pm_usBankAccount_insufficientFunds')
    await history.later(31, 2)
    await stripeClient().subscriptions.cancel(me.subscriptionId)
    await history.arrive()
    await history.later(5)
    expect((await invoicesOf(me)).map(({ status }) => status)).toEqual(['void', 'paid'])
    expect((await emailsTo(me)).map(({ subject }) => subject)).toEqual([
      expect.stringMatching(/^Pro ended on /),
    ])
  })
})

describe('a payment that is none of that', () => {
  it('came before the end, and is reported after it: nothing goes back, and the end alone is announced', async () => {
    const me = await subscriber()
    await history.later(1)
    await stripeClient().subscriptions.cancel(me.subscriptionId)
    await history.arrive()
    expect(await refundsOf(me)).toEqual([])
    expect((await emailsTo(me)).map(({ subject }) => subject)).toEqual([
      expect.stringMatching(/^Pro ended on /),
    ])
  })

  it('is in the very second of the end: it is taken for what was paid before', async () => {
    const me = await subscriber()
    await stripeClient().subscriptions.cancel(me.subscriptionId)
    await history.arrive()
    expect(await refundsOf(me)).toEqual([])
  })

  soak('is for the new plan of a customer who came back', async () => {
    const { me, card } = await paidTooLate(history)
    await history.arrive()
    const { items } = await stripeClient().subscriptions.retrieve(me.subscriptionId)
    await stripeClient().subscriptions.create({
      customer: me.customerId,
      items: [{ price: String(items.data[0]?.price.id) }],
      default_payment_method: card,
    })
    await history.later(31, 2)
    expect(await refundsOf(me)).toHaveLength(1)
    expect((await readBilling(me.workspaceId)).tier).toBe(SMALL)
  })
})

/** Stripe reports the payment once more, under another id. */
async function again(invoice: string): Promise<void> {
  const sent = [...shop.sandbox.store.all('event')].find(
    ({ type, data }) => type === 'invoice.paid' && (data.object as { id: string }).id === invoice,
  )
  await deliver({ ...sent, id: `${sent?.id}twin` })
  await history.arrive()
}

async function operatorsHeard(invoice: string) {
  const mails = await listEntries('mail', 1000)
  return mails
    .filter(({ key }) => key.startsWith(`mail:notification:payment.late:${invoice}`))
    .map(({ payload }) => payload as { to: string; text: string })
    .filter(({ to }) => to.includes('operator'))
}

async function done({ customerId }: Subscriber, action: string) {
  return (await listAudit(customerId)).filter((row) => row.action === action)
}
