import { expect } from '@playwright/test'
import { test } from './fixtures'
import { goToCheckout } from './pages/people'
import { confirmChange, reviewChange } from './pages/plan-change'
import { GREAT, onBill, SMALL } from './pages/plans'
import { allIsDrained, auditOf, withoutFirstFree } from './pages/records'
import {
  cancelSubscription,
  FAILS_LATER,
  leavePortal,
  openPortal,
  PAYS,
  replaceCard,
  subscribe,
} from './pages/stripe'
import { advance, advanceTo } from './stack/sandbox'
import { chargesOf, giveTrial, invoicesOf } from './stack/support'

// The last by name: it moves the clock by which every customer of the sandbox lives.
test('a subscriber’s year: trial, upgrade, a change that waits, a card that fails, recovery, the end, and the return', async ({
  page,
  mailFor,
  sql,
  drain,
}) => {
  test.setTimeout(180_000)
  // The amounts that this person was shown for each invoice, in cents.
  const announced: number[] = []
  const email = await goToCheckout(page, SMALL.name, mailFor)

  await test.step('a customer who hesitates at checkout is given a trial by support', async () => {
    const ends = await giveTrial(email, SMALL.lookupKeys.year, 14)
    await billing()
    await expect(page.getByText('Status: Trial', { exact: true })).toBeVisible()
    await expect(page.getByText(`Your trial ends on ${day(ends)}.`)).toBeVisible()
    await expect(
      page.getByText(`${onBill(SMALL.prices.year)} is due then, and there is no card on file yet.`),
    ).toBeVisible()
    expect(await status()).toMatchObject({
      tier: SMALL.tier,
      status: 'trialing',
      current_period_end: ends.toISOString(),
    })
    announced.push(0)
  })

  await test.step('three days before the trial ends an email says what it will cost', async () => {
    await advance(11, 2)
    const { subject, text } = await latestEmail()
    expect(subject).toMatch(new RegExp(`^Your trial of ${SMALL.name} ends on `))
    expect(text).toContain(`${onBill(SMALL.prices.year)} for ${SMALL.name} is charged on `)
  })

  await test.step('with a card on file the trial becomes a plan', async () => {
    await openPortal(page)
    await replaceCard(page, PAYS)
    await leavePortal(page)
    await periodEnds()
    await expect(page.getByText('Status: Active', { exact: true })).toBeVisible()
    expect(await status()).toMatchObject({ tier: SMALL.tier, status: 'active' })
    announced.push(19_000)
    expect(await paid()).toEqual(announced)
  })

  await test.step('an upgrade in mid-year costs to the cent what was shown before', async () => {
    await advance(100)
    await openPortal(page)
    const shown = await reviewChange(page, GREAT.name, 'Yearly')
    await confirmChange(page, 'Your plan was changed.')
    await leavePortal(page)
    await expect(page.getByRole('heading', { name: GREAT.name, level: 2 })).toBeVisible()
    await allIsDrained(sql)
    expect(await status()).toMatchObject({ tier: GREAT.tier, status: 'active' })
    const [, year, charged] = await invoicesOf(email)
    const lines = charged?.lines.data.map(({ description, amount }) => ({ description, amount }))
    expect({ lines, due: charged?.amount_paid }).toEqual(shown)
    expect(shown.due).toBe(restOf(49_000) - restOf(19_000))
    announced.push(shown.due)

    function restOf(price: number): number {
      const whole = year?.lines.data[0]?.period ?? { start: Number.NaN, end: Number.NaN }
      const from = charged?.lines.data[0]?.period.start ?? Number.NaN
      return Math.round((price * (whole.end - from)) / (whole.end - whole.start))
    }
  })

  await test.step('paid by the month from next year on: nothing changes before', async () => {
    const [before, trail] = [await status(), await trailWithoutVisits()]
    await openPortal(page)
    expect(await reviewChange(page, GREAT.name, 'Monthly')).toEqual({ lines: [], due: 0 })
    await confirmChange(page, 'Your plan is set to change. You keep the one you have until then.')
    const ends = new Date(before.current_period_end)
    await expect(
      page.getByText(
        `Changes to ${GREAT.name}, ${onBill(GREAT.prices.month)} per month, on ${day(ends)}.`,
      ),
    ).toBeVisible()
    await leavePortal(page)
    await expect(page.getByText('Yearly', { exact: true })).toBeVisible()
    await allIsDrained(sql)
    expect([await status(), await trailWithoutVisits()]).toEqual([before, trail])
    expect(await paid()).toEqual(announced)
  })

  await test.step('at the end of the year it changes, and is billed by the month', async () => {
    await periodEnds()
    await expect(page.getByText('Monthly', { exact: true })).toBeVisible()
    expect(await status()).toMatchObject({ tier: GREAT.tier, status: 'active' })
    announced.push(4900)
    await periodEnds()
    announced.push(4900)
    expect(await paid()).toEqual(announced)
  })

  await test.step('a card that fails at the next renewal is reported, and the plan stays on for now', async () => {
    await openPortal(page)
    await replaceCard(page, FAILS_LATER)
    await leavePortal(page)
    await periodEnds()
    await expect(
      page.getByText(`We could not charge ${onBill(GREAT.prices.month)} to your card.`),
    ).toBeVisible()
    await expect(page.getByText('Stays on until', { exact: true })).toBeVisible()
    expect(await status()).toMatchObject({ tier: GREAT.tier, status: 'past_due' })
    const { subject, link } = await latestEmail()
    expect(subject).toBe(`We could not charge ${onBill(GREAT.prices.month)} for ${GREAT.name}`)
    expect(link).toContain('/i/in_')
  })

  await test.step('another card, and the next try recovers it', async () => {
    await openPortal(page)
    await replaceCard(page, PAYS)
    await leavePortal(page)
    await advance(4)
    await billing()
    await expect(page.getByText('Status: Active', { exact: true })).toBeVisible()
    announced.push(4900)
    expect(await paid()).toEqual(announced)
  })

  await test.step('canceled, it ends with the period that is paid for', async () => {
    await openPortal(page)
    await cancelSubscription(page)
    await leavePortal(page)
    await expect(page.getByText(new RegExp(`^${GREAT.name} ends on `))).toBeVisible()
    await periodEnds()
    await expect(page.getByText(/^Your plan ended on /)).toBeVisible()
    expect(await status()).toMatchObject({ tier: 'free', status: 'canceled' })
  })

  await test.step('a return is a new subscription, and the old one does not stand in its way', async () => {
    await page.goto('/pricing')
    await page.getByRole('button', { name: `Upgrade to ${GREAT.name}` }).click()
    await subscribe(page, GREAT.name)
    await allIsDrained(sql)
    expect(await status()).toMatchObject({ tier: GREAT.tier, status: 'active' })
    announced.push(4900)
  })

  await test.step('the year’s invoices, and what left the card, are what was shown', async () => {
    expect(await paid()).toEqual(announced)
    expect(await chargesOf(email)).toEqual(announced.filter((amount) => amount > 0))
  })

  await test.step('the audit trail holds exactly the story', async () => {
    const trail = withoutFirstFree(await auditOf(sql, email))
    // Entered into the ledger of trials by the outbox, before or after the first event of an invoice.
    expect(trail.filter((action) => action === 'trial.note')).toHaveLength(1)
    expect(trail.filter((action) => action !== 'trial.note')).toEqual([
      ...['customer.create', 'checkout.start'],
      // The trial; its invoice is over nothing.
      ...['subscription.start', 'invoice.paid', 'customer.subscription.trial_will_end'],
      ...['portal.open', 'subscription.convert', 'invoice.paid'],
      // The upgrade.
      ...['portal.open', 'subscription.change_plan', 'invoice.paid'],
      // The change that was planned in the portal leaves its row on the day it happens.
      ...['portal.open', 'subscription.change_plan', 'invoice.paid'],
      ...['subscription.renew', 'invoice.paid'],
      // The renewal and its failed payment are one read: only the state in between was skipped.
      ...['portal.open', 'subscription.fall_due', 'invoice.payment_failed'],
      ...['portal.open', 'subscription.recover', 'invoice.paid'],
      ...['portal.open', 'subscription.schedule_cancel', 'subscription.end'],
      ...['checkout.start', 'subscription.start', 'invoice.paid'],
    ])
  })

  /** The billing page, when everything that happened is drained. */
  async function billing() {
    await allIsDrained(sql)
    await page.goto('/settings/billing')
  }

  /** What the outbox has for her, once a drain has gone over it. */
  async function latestEmail() {
    await allIsDrained(sql)
    await drain()
    return mailFor(email)
  }

  /** Lives on until the period is over, and the invoice that follows is no draft any more. */
  async function periodEnds() {
    const { current_period_end } = await status()
    await advanceTo(new Date(Date.parse(current_period_end) + 2 * 3_600_000))
    await billing()
  }

  async function status() {
    return (await page.request.get('/api/billing/status')).json()
  }

  /** What each invoice at Stripe was paid with; one that is open counts as nothing. */
  async function paid(): Promise<number[]> {
    return (await invoicesOf(email)).map(({ amount_paid }) => amount_paid)
  }

  async function trailWithoutVisits(): Promise<string[]> {
    return (await auditOf(sql, email)).filter((action) => action !== 'portal.open')
  }
})

/** `December 8, 2026`, as the pages write it. */
function day(instant: Date): string {
  return instant.toLocaleDateString('en-US', { dateStyle: 'long', timeZone: 'UTC' })
}
