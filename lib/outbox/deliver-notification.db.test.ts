import { beforeEach, describe, expect, it, vi } from 'vitest'
import { db } from '@/db/client'
import { findCustomerId } from '@/db/queries/customers'
import { insertEntry, listEntries } from '@/db/queries/outbox'
import { PLANS } from '@/lib/catalog/plans'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { CARD, shopper } from '@/lib/checkout/shop.fixture'
import { shopForFile } from '@/lib/checkout/shop-for-file.fixture'
import { startCheckout } from '@/lib/checkout/start'
import { Unavailable } from '@/lib/errors'
import { NOTIFICATION, notificationsOf } from '@/lib/events/notifications'
import { parseCustomerId } from '@/lib/ids'
import { stripeClient } from '@/lib/stripe/client'
import { productionPorts } from '@/lib/sync/production-ports'
import { syncCustomer } from '@/lib/sync/sync-customer'
import { payCheckout } from '@/sandbox/lifecycle/checkout/pay'
import { deliverOutbox } from './deliver'

const shop = shopForFile()
let me: Awaited<ReturnType<typeof shopper>>

beforeEach(async () => {
  me = await shopper()
})

describe('a renewal that the bank refuses', () => {
  it('is written about once, even when two processes deliver, with the amount that is open', async () => {
    const invoice = await declinedRenewal()
    await notify('invoice.payment_failed', invoice.id)
    await notify('invoice.payment_failed', invoice.id)
    const { clock } = productionPorts()
    await Promise.all([deliverOutbox(clock), deliverOutbox(clock)])
    await deliverOutbox(clock)
    const emails = await emailsAbout(invoice.id)
    expect(emails).toHaveLength(1)
    expect(emails[0]).toMatchObject({
      to: `${me.workspaceId}@example.test`,
      subject: `We could not charge $19.00 for ${PLANS[SMALL].name}`,
      link: invoice.hosted_invoice_url,
    })
  })

  it('is not written about any more once it is paid', async () => {
    const invoice = await declinedRenewal()
    await stripeClient().invoices.pay(invoice.id, { payment_method: await goodCard() })
    await notify('invoice.payment_failed', invoice.id)
    await deliverOutbox(productionPorts().clock)
    expect(await emailsAbout(invoice.id)).toEqual([])
    expect(await notification(`invoice.payment_failed:${invoice.id}`)).toMatchObject({
      deliveredAt: expect.any(Date),
    })
  })
})

it('a dispute is written about to each operator', async () => {
  await notify('charge.dispute.created', 'dp_1')
  await deliverOutbox(productionPorts().clock)
  const emails = await emailsAbout('dp_1')
  expect(emails.map(({ to }) => to).toSorted()).toEqual([
    'first-operator@example.test',
    'second-operator@example.test',
  ])
})

// breakage: Stripe does not answer while a mail about a payment is written | The mail goes out later, once
it('a notification that cannot be written now stays, with the reason, for a later try', async () => {
  await subscribe()
  const down = vi
    .spyOn(stripeClient().invoices, 'retrieve')
    .mockRejectedValue(new Unavailable('stripe_away'))
  await notify('invoice.payment_failed', 'in_unknown')
  await deliverOutbox(productionPorts().clock)
  down.mockRestore()
  expect(await notification('invoice.payment_failed:in_unknown')).toMatchObject({
    deliveredAt: null,
    attempts: 1,
    lastError: expect.stringContaining('Unavailable'),
  })
})

it('a notification about an invoice that Stripe does not have is done without an email', async () => {
  await subscribe()
  await notify('invoice.payment_failed', 'in_nowhere')
  await deliverOutbox(productionPorts().clock)
  expect(await notification('invoice.payment_failed:in_nowhere')).toMatchObject({
    deliveredAt: expect.any(Date),
  })
  expect(await emailsAbout('in_nowhere')).toEqual([])
})

async function subscribe() {
  await startCheckout(me.actor, { tier: SMALL, interval: 'month' })
  const customer = parseCustomerId(await findCustomerId(me.workspaceId))
  const open = await stripeClient().checkout.sessions.list({ customer, status: 'open' })
  await payCheckout(shop.sandbox, String(open.data[0]?.id), CARD)
  return customer
}

async function declinedRenewal() {
  const customer = await subscribe()
  const bad = await stripeClient().paymentMethods.attach('pm_card_chargeCustomerFail', { customer })
  const [subscription] = (await stripeClient().subscriptions.list({ customer })).data
  await stripeClient().subscriptions.update(String(subscription?.id), {
    default_payment_method: bad.id,
  })
  await fetch(new URL('/_sandbox/clock', shop.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advance: 31 * 86_400 + 7_200 }),
  })
  await syncCustomer(productionPorts(), customer, me.actor)
  const [invoice] = (await stripeClient().invoices.list({ customer, status: 'open' })).data
  if (!invoice) throw new Error('Nothing was declined.')
  return { ...invoice, id: invoice.id }
}

async function goodCard(): Promise<string> {
  const customer = parseCustomerId(await findCustomerId(me.workspaceId))
  return (await stripeClient().paymentMethods.attach('pm_card_visa', { customer })).id
}

async function notify(kind: string, objectId: string): Promise<void> {
  const customerId = await findCustomerId(me.workspaceId)
  const key = `${kind}:${objectId}`
  const [entry] = notificationsOf([
    { key, kind, objectId, customerId: customerId ?? 'cus_1', eventId: 'evt_1' },
  ])
  if (!entry) throw new Error(`No email is sent about ${kind}.`)
  const { key: entryKey, ...rest } = entry
  await insertEntry(db(), { entryKey, targetKey: null, ...rest })
}

async function emailsAbout(objectId: string) {
  const mails = await listEntries('mail', 100)
  return mails.filter(({ key }) => key.includes(objectId)).map(({ payload }) => payload)
}

async function notification(fact: string) {
  return (await listEntries(NOTIFICATION, 100)).find(({ key }) => key === `notification:${fact}`)
}
