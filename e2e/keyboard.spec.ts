import { expect } from '@playwright/test'
import { test } from './fixtures'
import { pressAt, tabTo, typeAt } from './pages/keyboard'
import { newAddress } from './pages/people'
import { GREAT, SMALL } from './pages/plans'
import { allIsDrained, auditOf } from './pages/records'
import { PAYS } from './pages/stripe'

test('by keyboard alone a plan is chosen, paid for, changed, canceled and kept, and the focus is seen at each step', async ({
  page,
  mailFor,
  sql,
}) => {
  test.setTimeout(120_000)
  const email = newAddress()
  const button = (name: string | RegExp) => page.getByRole('button', { name })

  await test.step('a plan is chosen, for the year and then by the month after all', async () => {
    await page.goto('/pricing')
    const interval = page.getByRole('group', { name: 'Billing interval' })
    await tabTo(interval.getByRole('radio', { name: 'Monthly' }))
    await page.keyboard.press('ArrowRight')
    await expect(interval.getByRole('radio', { name: /Yearly/ })).toBeFocused()
    await page.keyboard.press('ArrowLeft')
    await pressAt(button(`Upgrade to ${SMALL.name}`))
  })

  await test.step('signing in', async () => {
    await typeAt(page.getByLabel('Email'), email)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Check your email' })).toBeFocused()
    await page.goto((await mailFor(email)).link)
    await pressAt(page.getByRole('button', { name: 'Sign in', exact: true }))
  })

  await test.step('paying', async () => {
    await typeAt(page.getByLabel('Card number'), PAYS)
    await typeAt(page.getByLabel('Expiration'), '12 / 34')
    await typeAt(page.getByLabel('CVC'), '123')
    await typeAt(page.getByLabel('Cardholder name'), 'Ana Example')
    await typeAt(page.getByLabel('ZIP or postal code'), '94107')
    await pressAt(button(/^Subscribe/))
    await expect(page.getByRole('heading', { name: `You’re on ${SMALL.name}.` })).toBeVisible()
    await pressAt(page.getByRole('link', { name: 'Go to billing' }))
  })

  await test.step('changing to a greater plan', async () => {
    await pressAt(page.getByRole('link', { name: 'Change plan' }))
    await pressAt(button(`Upgrade to ${GREAT.name}`))
    await tabTo(page.getByRole('checkbox', { name: /^I agree to be charged/ }))
    await page.keyboard.press('Space')
    await pressAt(button(/^Confirm and pay /))
    await expect(
      page.getByRole('status').filter({ hasText: `You are on ${GREAT.name} now.` }),
    ).toBeVisible()
  })

  await test.step('canceling, with a reason', async () => {
    await pressAt(page.getByRole('link', { name: 'Cancel plan' }))
    const reasons = page.getByRole('group', { name: 'Why are you leaving? Optional.' })
    await tabTo(reasons.getByRole('radio').first())
    await page.keyboard.press('ArrowDown')
    await expect(reasons.getByRole('radio').nth(1)).toBeChecked()
    await pressAt(page.getByRole('button', { name: 'Cancel plan' }))
    await expect(page.getByRole('status').filter({ hasText: /^Canceled\./ })).toBeVisible()
  })

  await test.step('keeping it', async () => {
    await pressAt(button(`Keep ${GREAT.name}`))
    await expect(
      page.getByRole('status').filter({ hasText: `You keep ${GREAT.name}.` }),
    ).toBeVisible()
  })

  await allIsDrained(sql)
  const asked = (await auditOf(sql, email)).filter((action) => action.includes('.request_'))
  expect(asked).toEqual([
    'subscription.request_change',
    'subscription.request_cancel',
    'subscription.request_keep',
  ])
})
