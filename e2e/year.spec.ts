import { expect } from '@playwright/test'
import { test } from './fixtures'
import { allIsSettled, auditOf } from './pages/books'
import { goToCheckout } from './pages/people'
import {
  cancelSubscription,
  FAILS_LATER,
  leavePortal,
  openPortal,
  PAYS,
  replaceCard,
  subscribe,
} from './pages/stripe'
import { advance } from './stack/sandbox'

// The last by name: it moves the clock by which every customer of the sandbox lives.
test('a subscriber’s months: renewal, a card that fails, recovery, the end, and the return', async ({
  page,
  mailFor,
  sql,
}) => {
  test.setTimeout(180_000)
  const billing = async () => {
    await allIsSettled(sql)
    await page.goto('/settings/billing')
  }
  const email = await goToCheckout(page, 'Pro', mailFor)
  await subscribe(page, 'Pro')

  await test.step('a month later it has renewed', async () => {
    await advance(32)
    await billing()
    await expect(page.getByText('Status: Active', { exact: true })).toBeVisible()
    expect(await paid(email)).toBe(2)
  })

  await test.step('a card that fails at the next renewal is told, and the plan stays on for now', async () => {
    await openPortal(page)
    await replaceCard(page, FAILS_LATER)
    await leavePortal(page)
    await advance(31, 2)
    await billing()
    await expect(page.getByText('We could not charge $19.00 to your card.')).toBeVisible()
    await expect(page.getByText('Stays on until', { exact: true })).toBeVisible()
    expect(await status()).toMatchObject({ tier: 'pro', status: 'past_due' })
  })

  await test.step('another card, and the next try recovers it', async () => {
    await openPortal(page)
    await replaceCard(page, PAYS)
    await leavePortal(page)
    await advance(4)
    await billing()
    await expect(page.getByText('Status: Active', { exact: true })).toBeVisible()
    expect(await paid(email)).toBe(3)
  })

  await test.step('cancelled, it ends with the period that is paid for', async () => {
    await openPortal(page)
    await cancelSubscription(page)
    await leavePortal(page)
    await expect(page.getByText(/^Pro ends on /)).toBeVisible()
    await advance(32)
    await billing()
    await expect(page.getByText(/^Your plan ended on /)).toBeVisible()
    expect(await status()).toMatchObject({ tier: 'free', status: 'canceled' })
  })

  await test.step('a return is a new subscription, and the old one does not stand in its way', async () => {
    await page.goto('/pricing')
    await page.getByRole('button', { name: 'Upgrade to Studio' }).click()
    await subscribe(page, 'Studio')
    await allIsSettled(sql)
    expect(await status()).toMatchObject({ tier: 'studio', status: 'active' })
  })

  const story = (await auditOf(sql, email)).filter((action) => action.startsWith('subscription.'))
  expect(story).toEqual([
    'subscription.start',
    'subscription.renew',
    // The renewal and its failed payment are one read: only the state in between was skipped.
    'subscription.fall_due',
    'subscription.recover',
    'subscription.schedule_cancel',
    'subscription.end',
    'subscription.start',
  ])

  async function status() {
    return (await page.request.get('/api/billing/status')).json()
  }

  async function paid(of: string): Promise<number> {
    return (await auditOf(sql, of)).filter((action) => action === 'invoice.paid').length
  }
})
