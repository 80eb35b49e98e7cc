import { expect } from '@playwright/test'
import { test } from './fixtures'
import { goToCheckout } from './pages/people'
import { GREAT } from './pages/plans'
import { allIsDrained, auditOf } from './pages/records'
import { payWith, subscribe } from './pages/stripe'
import { advance } from './stack/sandbox'

// The sandbox's number for a bank account whose debit comes back after four days.
const COMES_BACK = '4000 0000 0000 9219'

// Late by name: it moves the clock by which every customer of the sandbox lives.
test('a plan bought with a bank debit that comes back: nothing was ever given, both steps are shown, and the way is free', async ({
  page,
  mailFor,
  sql,
  drain,
}) => {
  test.setTimeout(120_000)
  const email = await goToCheckout(page, GREAT.name, mailFor)

  await test.step('the debit starts, and the plan does not', async () => {
    await payWith(page, COMES_BACK)
    await expect(page.getByRole('heading', { name: 'Your bank debit has started.' })).toBeVisible()
    await billing()
    await expect(page.getByText('Status: Processing', { exact: true })).toBeVisible()
    await expect(
      page.getByText(`Your bank is processing the payment for ${GREAT.name}.`),
    ).toBeVisible()
    await expect(page.getByText('Limits of Free', { exact: true })).toBeVisible()
    expect(await status()).toMatchObject({ tier: 'free', status: 'processing', features: [] })
  })

  await test.step('ten days later it has come back, and the subscription that Stripe left is ended', async () => {
    await advance(10)
    await allIsDrained(sql)
    await drain()
    await billing()
    await expect(
      page.getByText(`The payment for ${GREAT.name} did not arrive, so the plan did not start.`),
    ).toBeVisible()
    expect(await status()).toMatchObject({ tier: 'free', status: 'canceled' })
  })

  await test.step('its buyer has an email that says so, with the amount and a way to the plans', async () => {
    const { subject, text, link } = await mailFor(email)
    expect(subject).toBe(`Your payment for ${GREAT.name} did not arrive`)
    expect(text).toContain(`was returned by your bank, so ${GREAT.name} did not start.`)
    expect(link).toContain('/pricing')
  })

  await test.step('another try with a card is a new subscription', async () => {
    await page.getByRole('link', { name: 'Choose a plan' }).first().click()
    await page.goto('/pricing')
    await page.getByRole('button', { name: `Upgrade to ${GREAT.name}` }).click()
    await subscribe(page, GREAT.name)
    await allIsDrained(sql)
    expect(await status()).toMatchObject({ tier: GREAT.tier, status: 'active' })
  })

  await test.step('the audit trail holds the whole of it, the cancellation once', async () => {
    const actions = await auditOf(sql, email)
    expect(actions).toContain('checkout.session.async_payment_failed')
    expect(actions).toContain('invoice.voided')
    expect(actions.filter((each) => each === 'subscription.cancel_unstarted')).toHaveLength(1)
    expect(actions.filter((each) => each === 'subscription.end')).toHaveLength(1)
  })

  async function billing() {
    await allIsDrained(sql)
    await page.goto('/settings/billing')
  }

  async function status() {
    return (await page.request.get('/api/billing/status')).json()
  }
})
