import { afterEach, describe, expect, it } from 'vitest'
import { listAudit } from '@/db/queries/audit'
import { readBilling } from '@/lib/billing/read'
import { PLANS } from '@/lib/catalog/plans'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { parseInvoiceId } from '@/lib/ids'
import { chargeTo, emailsTo } from '@/lib/outbox/history.fixture'
import { historyForFile } from '@/lib/outbox/history-for-file.fixture'
import { type Subscriber, subscriber } from '@/lib/reconcile/subscribers.fixture'
import { stripeClient } from '@/lib/stripe/client'
import { settleInvoice } from '@/lib/stripe/invoices'
import { soak } from '@/scripts/test/soak.fixture'
import { collectDue } from './collect'
import { invoicesOf } from './late-payment.fixture'

// A renewal and three retries, each with its events, on a machine that may be busy.
const SLOW = { timeout: 60_000 }

const { history } = historyForFile()

afterEach(() => history.afterRetries('cancel'))

describe('a subscription that ends because its card fails', SLOW, () => {
  // breakage: a card fails until Stripe gives up | the last invoice is void, and its owner hears once that nothing is owed and how to have the plan again
  it('leaves no invoice that can be paid for nothing, and its owner hears once that it is over', async () => {
    const me = await lapsed({ stepwise: true })
    const emails = await emailsTo(me)
    expect(emails.map(({ subject }) => subject)).toEqual([
      ...[
        `We could not charge $19.00 for ${PLANS[SMALL].name}`,
        `We could not charge $19.00 for ${PLANS[SMALL].name}`,
      ],
      `We could not charge $19.00 for ${PLANS[SMALL].name}`,
      expect.stringMatching(/^Pro ended on /),
    ])
    const last = emails.at(-1)
    expect(last?.text).toContain(`$19.00 for ${PLANS[SMALL].name} was not paid`)
    expect(last?.text).toContain('You do not have to pay it any more')
    expect(last?.link).toBe('http://localhost:3000/pricing')
    expect(await invoicesOf(me)).toMatchObject([{ status: 'void' }, { status: 'paid' }])
    expect(await trail(me)).toEqual(
      expect.arrayContaining(['subscription.end', 'invoice.void', 'invoice.voided']),
    )
  })

  it('has each closed invoice in its trail once, with the amount and the actor', async () => {
    const me = await lapsed()
    await history.later(1)
    const [invoice] = await invoicesOf(me)
    const rows = (await listAudit(me.customerId)).filter(({ action }) => action === 'invoice.void')
    expect(rows).toMatchObject([
      {
        actor: { type: 'system', job: 'collection' },
        before: { invoice: invoice?.id, status: 'open' },
        after: { status: 'void', subscription: me.subscriptionId, amount: 1900, currency: 'usd' },
      },
    ])
  })

  it.each([
    ['write_off', 'uncollectible', 'You do not have to pay it any more'],
    ['leave', 'open', 'Paying it does not bring the plan back'],
  ] as const)(
    'by the policy %s leaves it %s, and says what that means',
    async (openInvoices, status, words) => {
      history.policy = { openInvoices, lateMoney: 'keep' }
      const me = await lapsed()
      expect(await invoicesOf(me)).toMatchObject([{ status }, { status: 'paid' }])
      const email = (await emailsTo(me)).at(-1)
      expect(email?.text).toContain(words)
      expect(email?.link).toBe('http://localhost:3000/pricing')
      const did = (await trail(me)).filter((action) => action === `invoice.${openInvoices}`)
      expect(did).toHaveLength(openInvoices === 'leave' ? 0 : 1)
    },
  )

  // breakage: the process dies after it has voided an invoice at Stripe | it is on record once, and its owner hears once
  it('is finished after a crash as if nothing had happened, and on record once', async () => {
    const me = await lapsed({ collects: false })
    await collectDue()
    // What a process did at Stripe before it died.
    const [open] = await invoicesOf(me)
    expect(await settleInvoice(parseInvoiceId(open?.id), 'void')).toBe(true)
    await history.arrive()
    expect((await trail(me)).filter((action) => action === 'invoice.void')).toHaveLength(1)
    expect((await emailsTo(me)).filter(({ subject }) => /^Pro ended/.test(subject))).toHaveLength(1)
  })

  soak('and whose invoice is voided by hand first is not said to be our doing', async () => {
    const me = await lapsed({ collects: false })
    const [open] = await invoicesOf(me)
    await stripeClient().invoices.voidInvoice(String(open?.id))
    await history.arrive()
    expect(await trail(me)).not.toContain('invoice.void')
    expect((await emailsTo(me)).at(-1)?.subject).toMatch(/^Pro ended on /)
  })
})

describe('an end by hand', () => {
  it('while a payment is open closes that, and says so', async () => {
    await history.afterRetries('leave')
    const me = await failing()
    await history.later(40)
    await stripeClient().subscriptions.cancel(me.subscriptionId)
    await history.arrive()
    expect(await invoicesOf(me)).toMatchObject([{ status: 'void' }, { status: 'paid' }])
    expect((await emailsTo(me)).at(-1)?.text).toContain(
      `while $19.00 for ${PLANS[SMALL].name} was still open`,
    )
  })

  it('with nothing open is confirmed once, and nothing is said to be owed', async () => {
    const me = await subscriber()
    await history.arrive()
    await stripeClient().subscriptions.cancel(me.subscriptionId)
    await history.arrive()
    const [email, ...more] = await emailsTo(me)
    expect(email?.subject).toMatch(/^Pro ended on /)
    expect(email?.text).toContain('Nothing more is charged for it.')
    expect(more).toEqual([])
    expect(await invoicesOf(me)).toMatchObject([{ status: 'paid' }])
  })

  it('with a last invoice over what was used leaves that one open: it is owed', async () => {
    const me = await subscriber()
    await history.later(10)
    await chargeTo(me, 'pm_card_chargeCustomerFail')
    await stripeClient().invoiceItems.create({
      customer: me.customerId,
      subscription: me.subscriptionId,
      amount: 5000,
      currency: 'usd',
    })
    await stripeClient().subscriptions.cancel(me.subscriptionId, {
      invoice_now: true,
      prorate: true,
    })
    await history.arrive()
    expect(await invoicesOf(me)).toMatchObject([
      { status: 'open', billing_reason: 'subscription_update' },
      { status: 'paid' },
    ])
    // It is owed, but paying it brings no plan back: we ask no customer to.
    expect((await emailsTo(me)).filter(({ link }) => link.includes('/i/'))).toEqual([])
  })
})

it('an old plan that ends beside a new one is finished without a word about Free', async () => {
  await history.afterRetries('leave')
  const me = await failing()
  await history.later(31, 2)
  const price = (await stripeClient().subscriptions.retrieve(me.subscriptionId)).items.data[0]
  const card = await stripeClient().paymentMethods.attach('pm_card_visa', {
    customer: me.customerId,
  })
  await stripeClient().subscriptions.create({
    customer: me.customerId,
    items: [{ price: String(price?.price.id) }],
    default_payment_method: card.id,
  })
  await stripeClient().subscriptions.cancel(me.subscriptionId)
  await history.arrive()
  expect((await readBilling(me.workspaceId)).tier).toBe(SMALL)
  const email = (await emailsTo(me)).at(-1)
  expect(email?.text).toContain('Your other plan goes on as it is.')
  expect(email?.text).not.toContain('choose it anew')
})

it('another application’s customer in the same account is left alone', async () => {
  const other = await stripeClient().customers.create({ email: 'other@example.test' })
  const card = await stripeClient().paymentMethods.attach('pm_card_visa', {
    customer: other.id,
  })
  const { items } = await stripeClient().subscriptions.retrieve((await subscriber()).subscriptionId)
  const made = await stripeClient().subscriptions.create({
    customer: other.id,
    items: [{ price: String(items.data[0]?.price.id) }],
    default_payment_method: card.id,
  })
  await history.arrive()
  const failing = await stripeClient().paymentMethods.attach('pm_card_chargeCustomerFail', {
    customer: other.id,
  })
  await stripeClient().subscriptions.update(made.id, { default_payment_method: failing.id })
  await history.later(31, 2)
  await stripeClient().subscriptions.cancel(made.id)
  await history.later(1)
  const { data } = await stripeClient().invoices.list({ customer: other.id })
  expect(data.map(({ status }) => status)).toEqual(['open', 'paid'])
})

/** Pays for Pro by the month, with a card that fails from now on. */
async function failing(): Promise<Subscriber> {
  const me = await subscriber()
  await history.arrive()
  await chargeTo(me, 'pm_card_chargeCustomerFail')
  return me
}

/** … until Stripe has given up: each attempt as it happens, or all of them before anyone hears of one. */
async function lapsed({ collects = true, stepwise = false } = {}): Promise<Subscriber> {
  const me = await failing()
  const [renewal, ...retries] = [31, 4, 6, 8] as const
  const days = stepwise ? retries : [retries.reduce((sum, each) => sum + each, 0)]
  await history.later(renewal, 2, { collects: collects || stepwise })
  for (const each of days) await history.later(each, 0, { collects })
  return me
}

async function trail({ customerId }: Subscriber): Promise<string[]> {
  return (await listAudit(customerId)).map(({ action }) => action)
}
