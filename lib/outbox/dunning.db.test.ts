import { afterEach, describe, expect, it } from 'vitest'
import { readBilling } from '@/lib/billing/read'
import { PLANS } from '@/lib/catalog/plans'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { type Subscriber, subscriber } from '@/lib/reconcile/subscribers.fixture'
import { stripeClient } from '@/lib/stripe/client'
import { WITHOUT_SOAKS } from '@/scripts/test/soaks'
import { chargeTo, emailsTo } from './history.fixture'
import { historyForFile } from './history-for-file.fixture'

// A renewal and its retries, each with its events, on a machine that may be busy.
const SLOW = { timeout: 60_000 }
const DAY = 86_400_000

const { history } = historyForFile()

afterEach(() => history.afterRetries('cancel'))

type Dunning = { text: string; link: string; at: number; pays: boolean }

// What an account can be set to; of the short run is what the sandbox begins with.
const ENDINGS = ['cancel', 'mark_unpaid', 'leave', 'pause'] as const

describe.each(WITHOUT_SOAKS ? ENDINGS.slice(0, 1) : ENDINGS)(
  'where the last retry is followed by: %s',
  SLOW,
  (what) => {
    it('no email promises a day that is past, or offers what would not bring the plan back', async () => {
      await history.afterRetries(what)
      const me = await failing()
      const sent = await emailsFor(me, 49)
      expect(sent.length).toBeGreaterThanOrEqual(4)
      for (const { text, at, pays } of sent) {
        const until = /stays on until (\w+ \d+, \d{4})/.exec(text)?.[1]
        // A day is over when the next begins.
        if (until) expect(Date.parse(`${until} UTC`) + DAY, text).toBeGreaterThan(at)
        expect(text.includes('Pay, or change your card'), text).toBe(pays)
      }
    })
  },
)

it(
  'an email after the last day of the plan says since when it is off, and paying brings it back',
  SLOW,
  async () => {
    await history.afterRetries('leave')
    const me = await failing()
    const last = (await emailsFor(me, 49)).at(-1)
    expect(last?.text).toContain('Your plan has been off since')
    const [open] = (await stripeClient().invoices.list({ customer: me.customerId, status: 'open' }))
      .data
    expect(last?.link).toBe(open?.hosted_invoice_url)
    expect((await readBilling(me.workspaceId)).tier).toBe('free')
    const card = await stripeClient().paymentMethods.attach('pm_card_visa', {
      customer: me.customerId,
    })
    await stripeClient().invoices.pay(String(open?.id), { payment_method: card.id })
    await history.arrive()
    expect((await readBilling(me.workspaceId)).tier).toBe(SMALL)
  },
)

it('an email about part of a debt names that part', SLOW, async () => {
  const me = await failing()
  await stripeClient().customers.update(me.customerId, { balance: -500 })
  await history.later(31, 2)
  const [email] = await emailsTo(me)
  expect(email?.subject).toBe(`We could not charge $14.00 for ${PLANS[SMALL].name}`)
})

async function failing(): Promise<Subscriber> {
  const me = await subscriber()
  await history.arrive()
  await chargeTo(me, 'pm_card_chargeCustomerFail')
  return me
}

/** Lives on day by day, and notes each email with when it came and what Stripe would do with a payment then. */
async function emailsFor(me: Subscriber, days: number): Promise<Dunning[]> {
  const sent: Dunning[] = []
  await history.later(30, 2)
  for (let day = 0; day < days - 30; day += 1) {
    await history.later(1)
    const { status, latest_invoice } = await stripeClient().subscriptions.retrieve(
      me.subscriptionId,
      { expand: ['latest_invoice'] },
    )
    const open = typeof latest_invoice === 'object' && latest_invoice?.status === 'open'
    const pays = open && ['active', 'past_due', 'unpaid'].includes(status)
    const at = await history.now()
    const emails = await emailsTo(me)
    sent.push(...emails.slice(sent.length).map(({ text, link }) => ({ text, link, at, pays })))
  }
  return sent
}
