import { expect } from '@playwright/test'
import { test } from './fixtures'
import { GREAT, SMALL } from './pages/plans'
import { allIsDrained, auditOf } from './pages/records'
import { subscriber } from './pages/signed-in'
import { ALWAYS_ASKS, PAYS, saveAskingCard, saveCard } from './pages/stripe'
import { chargesOf, invoicesOf } from './stack/support'

test('a plan is changed on our pages: shown, agreed to, paid first; a smaller one waits, and can be taken back', async ({
  page,
  browser,
  sql,
}) => {
  test.setTimeout(120_000)
  const email = await subscriber(page, SMALL, sql)

  await test.step('the current plan and interval are no choice; every other one is', async () => {
    await page.goto('/settings/billing/plans')
    await expect(page.getByText('You are on this plan.').first()).toBeVisible()
    await page.getByText(/^Yearly/).click()
    await expect(page.getByRole('button', { name: 'Switch to yearly' })).toBeVisible()
    await page.getByText('Monthly', { exact: true }).click()
    await page.getByRole('button', { name: `Upgrade to ${GREAT.name}` }).click()
  })

  const amount =
    await test.step('the review says what is paid now, and asks to agree to it', async () => {
      await expect(
        page.getByText(`From ${SMALL.name} monthly to ${GREAT.name} monthly`),
      ).toBeVisible()
      const button = page.getByRole('button', { name: /^Confirm and pay / })
      const label = (await button.textContent()) ?? ''
      await page.reload()
      await button.click()
      // The browser asks for the mark before it sends anything.
      await expect(page.getByRole('heading', { name: 'Review your change' })).toBeVisible()
      await page.getByRole('checkbox', { name: /^I agree to be charged/ }).check()
      await button.click()
      await expect(
        page.getByRole('status').filter({ hasText: `You are on ${GREAT.name} now.` }),
      ).toBeVisible()
      return Math.round(Number(/\$([\d.,]+)/.exec(label)?.[1]) * 100)
    })

  await test.step('and that is what left the card', async () => {
    await allIsDrained(sql)
    expect((await chargesOf(email)).at(-1)).toBe(amount)
    expect((await invoicesOf(email)).at(-1)?.amount_paid).toBe(amount)
  })

  await test.step('by Back the same form, sent again, charges nothing more; at its address there is nothing to change', async () => {
    await page.goBack()
    await page.getByRole('checkbox', { name: /^I agree to be charged/ }).check()
    await page.getByRole('button', { name: /^Confirm and pay / }).click()
    await expect(
      page.getByRole('status').filter({ hasText: `You are on ${GREAT.name} now.` }),
    ).toBeVisible()
    expect((await chargesOf(email)).filter((each) => each === amount)).toHaveLength(1)
    await page.goto(`/settings/billing/plans/confirm?tier=${GREAT.tier}&interval=month`)
    await expect(page.getByText('You are on that plan already.')).toBeVisible()
  })

  await test.step('a smaller plan waits for the period’s end, is shown with its day, and taken back', async () => {
    await page.goto('/settings/billing/plans')
    await page.getByRole('button', { name: `Switch to ${SMALL.name}` }).click()
    await expect(page.getByText(/^Nothing to pay today\./)).toBeVisible()
    await page.getByRole('button', { name: 'Plan this change' }).click()
    const strip = page.getByText(new RegExp(`^Changes to ${SMALL.name} monthly on `))
    await expect(strip).toBeVisible()
    await expect(page.getByRole('heading', { name: GREAT.name, level: 2 })).toBeVisible()
    await page.getByRole('button', { name: 'Undo this change' }).click()
    await expect(page.getByRole('region', { name: 'Next charge' })).toBeVisible()
    await expect(strip).toHaveCount(0)
  })

  await test.step('without a script a shorter interval is planned in the same way', async () => {
    const storageState = await page.context().storageState()
    const plain = await browser.newContext({ javaScriptEnabled: false, storageState })
    const bare = await plain.newPage()
    await bare.goto(`/settings/billing/plans/confirm?tier=${SMALL.tier}&interval=month`)
    await bare.getByRole('button', { name: 'Plan this change' }).click()
    await expect(bare.getByText(new RegExp(`^Changes to ${SMALL.name} monthly on `))).toBeVisible()
    await bare.getByRole('button', { name: 'Undo this change' }).click()
    await expect(bare.getByRole('region', { name: 'Next charge' })).toBeVisible()
    await plain.close()
  })

  await test.step('a bank that wants to ask first: the plan is not given before it has said yes', async () => {
    await page.goto('/settings/billing')
    await page.getByRole('button', { name: 'Change card' }).click()
    await saveAskingCard(page, ALWAYS_ASKS)
    await expect(page.getByText(/is charged to your new card from now on/)).toBeVisible()
    await page.goto(`/settings/billing/plans/confirm?tier=${GREAT.tier}&interval=year`)
    await page.getByRole('checkbox', { name: /^I agree to be charged/ }).check()
    await page.getByRole('button', { name: /^Confirm and pay / }).click()
    await expect(page).toHaveURL(/\/i\/in_/)
    await page.goto('/settings/billing')
    await expect(page.getByText(`${GREAT.name} waits for its payment.`)).toBeVisible()
    await expect(page.getByText('Monthly', { exact: true })).toBeVisible()
    await page.getByRole('button', { name: 'Use another card' }).click()
    await saveCard(page, PAYS)
    await expect(page.getByText('Yearly', { exact: true })).toBeVisible()
    await expect(page.getByText(`${GREAT.name} waits for its payment.`)).toHaveCount(0)
  })

  await test.step('the trail says who asked for what', async () => {
    await allIsDrained(sql)
    const asked = (await auditOf(sql, email)).filter((action) => action.includes('.request_'))
    expect(asked.slice(0, 5)).toEqual([
      'subscription.request_change',
      'subscription.request_change',
      'subscription.request_undo',
      'subscription.request_change',
      'subscription.request_undo',
    ])
  })
})
