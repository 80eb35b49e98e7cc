import { expect, it } from 'vitest'
import { stateStrips } from '@/app/settings/billing/state-strips'
import { summaryRows } from '@/app/settings/billing/summary-rows'
import { readBilling } from '@/lib/billing/read'
import { parseSubscriptionId } from '@/lib/ids'
import { chargeTo } from '@/lib/outbox/history.fixture'
import { historyForFile } from '@/lib/outbox/history-for-file.fixture'
import { subscriber } from '@/lib/reconcile/subscribers.fixture'
import { stripeClient } from '@/lib/stripe/client'
import { findOpenInvoice } from '@/lib/stripe/invoices'

const { history } = historyForFile()

/** A customer who has paid a month, and whose renewal fails for good. */
async function failedForGood(what: 'mark_unpaid' | 'cancel') {
  const me = await subscriber()
  await history.arrive()
  await history.afterRetries(what)
  await chargeTo(me, 'pm_card_chargeCustomerFail')
  // In a step of its own each, as retries come.
  for (const days of [31, 4, 6, 8]) await history.later(days, 2)
  return readBilling(me.workspaceId)
}

it('a plan that is off after failed renewals is not said to have never started, and is paid to come back', async () => {
  const billing = await failedForGood('mark_unpaid')
  expect(billing).toMatchObject({ status: 'unpaid', money: { owes: 'renewal' } })
  expect(stateStrips(billing)[0]).toMatchObject({ kind: 'unpaid', action: { to: 'pay' } })
}, 60_000)

it('a plan that ended after failed renewals is said to have ended on its day', async () => {
  const billing = await failedForGood('cancel')
  expect(billing.status).toBe('canceled')
  expect(stateStrips(billing)[0]?.title).toMatch(/^Your plan ended on /)
  expect(summaryRows(billing).map(({ label }) => label)).toContain('Last plan ended on')
}, 60_000)

it('a late plan that its customer pays by bank debit shows what is on its way and until when, and asks for nothing', async () => {
  const me = await subscriber()
  await history.arrive()
  await history.afterRetries('mark_unpaid')
  await chargeTo(me, 'pm_card_chargeCustomerFail')
  for (const days of [31, 4, 6, 8]) await history.later(days, 2)
  await chargeTo(me, 'pm_usBankAccount_processing')
  const { data } = await stripeClient().invoices.list({
    ...{ subscription: me.subscriptionId, status: 'open' },
  })
  await stripeClient().invoices.pay(data[0]?.id ?? '')
  const open = await findOpenInvoice(parseSubscriptionId(me.subscriptionId))
  expect(open).toMatchObject({ isProcessing: true, nextAttempt: null })
  const since = open?.processingSince?.getTime() ?? 0
  expect(Math.abs(since - (await history.now()))).toBeLessThan(60_000)
  // As our records have it until the event of this moment arrives, and for longer where Stripe waits for the money.
  const billing = { ...(await readBilling(me.workspaceId)), open }
  expect(billing.status).toBe('unpaid')
  const [strip] = stateStrips(billing)
  expect(strip).toMatchObject({
    ...{ kind: 'unpaid', tone: 'info', action: null },
    title: expect.stringMatching(/^\$19\.00 for .* is on its way\.$/),
    detail: expect.stringMatching(/usually answers by .* there is nothing to pay\./),
  })
}, 60_000)
