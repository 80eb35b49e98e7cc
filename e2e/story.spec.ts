import { expect } from '@playwright/test'
import { test } from './fixtures'
import { goToCheckout } from './pages/people'
import { GREAT, onBill, SMALL } from './pages/plans'
import { allIsDrained, auditOf, withoutFirstFree } from './pages/records'
import {
  cancelSubscription,
  DECLINED,
  leavePortal,
  openPortal,
  PAYS,
  payWith,
} from './pages/stripe'
import { deliverAgain, listEvents } from './stack/sandbox'

test('from the pricing page to a plan, through the portal and back, and every step is on record', async ({
  page,
  mailFor,
  sql,
}) => {
  let email = ''
  let returned = ''

  await test.step('choosing Pro leads through sign-in to Stripe, and the choice survives', async () => {
    email = await goToCheckout(page, SMALL.name, mailFor)
    await expect(page.getByText(onBill(SMALL.prices.month)).first()).toBeVisible()
  })

  await test.step('a declined card says why, and nothing is bought', async () => {
    await payWith(page, DECLINED)
    await expect(page.getByRole('alert')).toContainText('Your card was declined')
  })

  await test.step('a good card comes back to a plan that is on, without a reload', async () => {
    await payWith(page, PAYS)
    await expect(page.getByRole('heading', { name: `You’re on ${SMALL.name}.` })).toBeVisible()
    await expect(page.getByText(onBill(SMALL.prices.month))).toBeVisible()
    returned = page.url()
    await allIsDrained(sql)
  })

  await test.step('settings show the plan, its status and when it renews', async () => {
    await page.getByRole('link', { name: 'Go to billing' }).click()
    await expect(page.getByRole('heading', { name: SMALL.name, level: 2 })).toBeVisible()
    await expect(page.getByText('Status: Active', { exact: true })).toBeVisible()
    await expect(page.getByText('Renews on')).toBeVisible()
  })

  await test.step('canceling in the portal shows the day it ends', async () => {
    await openPortal(page)
    await cancelSubscription(page)
    await leavePortal(page)
    await expect(page.getByText(new RegExp(`^${SMALL.name} ends on `))).toBeVisible()
    await expect(page.getByText('Ends on', { exact: true })).toBeVisible()
    await allIsDrained(sql)
  })

  await test.step('changing one’s mind keeps it', async () => {
    await openPortal(page)
    await page.getByRole('button', { name: "Don't cancel subscription" }).click()
    await leavePortal(page)
    await expect(page.getByText('Renews on')).toBeVisible()
    await expect(page.getByText(/ends on/i)).toHaveCount(0)
    await allIsDrained(sql)
  })

  await test.step('a change to Studio is there on return', async () => {
    await openPortal(page)
    await page.getByRole('button', { name: 'Update subscription' }).click()
    await page
      .getByRole('radio', { name: new RegExp(GREAT.name) })
      .first()
      .check()
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('button', { name: 'Confirm' }).click()
    await leavePortal(page)
    await expect(page.getByRole('heading', { name: GREAT.name, level: 2 })).toBeVisible()
    await allIsDrained(sql)
  })

  await test.step('the old checkout’s page, opened again, does not put that payment beside this plan', async () => {
    await page.goto(returned)
    await expect(page.getByRole('heading', { name: `You’re on ${GREAT.name}.` })).toBeVisible()
    await expect(page.getByText('Renews on')).toBeVisible()
    const bought = `${SMALL.name} monthly for ${onBill(SMALL.prices.month)}`
    await expect(page.getByText(bought)).toBeVisible()
    await expect(page.getByText('Paid', { exact: true })).toHaveCount(0)
  })

  const story = await auditOf(sql, email)
  await test.step('a webhook that is posted again changes nothing', async () => {
    for (const event of (await listEvents('customer.subscription.*')).slice(0, 3)) {
      expect(await deliverAgain(event.id)).toEqual([200])
    }
    await allIsDrained(sql)
    expect(await auditOf(sql, email)).toEqual(story)
  })

  await test.step('the audit trail holds exactly the story', () => {
    const audited = withoutFirstFree(story).filter((action) => !action.startsWith('invoice.'))
    expect(audited).toEqual([
      'customer.create',
      'checkout.start',
      'subscription.start',
      'portal.open',
      'subscription.schedule_cancel',
      'portal.open',
      'subscription.resume',
      'portal.open',
      'subscription.change_plan',
    ])
    // Two payments: the first month, and the difference to Studio.
    expect(story.filter((action) => action.startsWith('invoice.'))).toEqual([
      'invoice.paid',
      'invoice.paid',
    ])
  })
})
