import { expect, type Page } from '@playwright/test'

/** On the sign-in page: asks for a link to something that a browser takes for an address, and we do not. */
export async function mistypeAddress(page: Page, typed = 'ana@exmaple'): Promise<void> {
  await page.getByLabel('Email').fill(typed)
  await page.getByRole('button', { name: 'Email me a sign-in link' }).click()
  await expect(page.getByText('That is not an email address that we can write to.')).toBeVisible()
}

/** Signed in: sends the form of a plan that is not sold, and waits for the page that says so. */
export async function chooseNoPlan(page: Page): Promise<void> {
  await page.goto('/checkout/continue?plan=pro&interval=year')
  const tier = page.locator('#continue input[name="tier"]')
  await tier.evaluate((input) => input.setAttribute('value', 'gold'))
  await page.getByRole('button', { name: 'Continue to payment' }).click()
  await expect(page.getByText('That plan is not one that can be bought.')).toBeVisible()
}
