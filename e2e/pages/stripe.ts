import { expect, type Page } from '@playwright/test'

// Stripe's own test numbers (docs.stripe.com/testing).
export const PAYS = '4242 4242 4242 4242'
export const DECLINED = '4000 0000 0000 0002'
// Can be put on file; every charge of it fails.
export const FAILS_LATER = '4000 0000 0000 0341'
export const ASKS_THE_BANK = '4000 0025 0000 3155'

// Asks for each payment anew, also after it has been put on file.
export const ALWAYS_ASKS = '4000 0027 6000 3184'

/** Fills in Checkout's form and presses the button; what follows depends on the card. */
export async function payWith(page: Page, number: string): Promise<void> {
  await fillCard(page, number)
  await page.getByRole('button', { name: /^Subscribe/ }).click()
}

/** Puts a card on file, in the place of the one that is there, in the portal that is open. */
export async function replaceCard(page: Page, number: string): Promise<void> {
  await page.getByRole('button', { name: /^(Add|Update) payment method$/ }).click()
  await saveCard(page, number)
  await expect(page.getByText(`ending in ${number.slice(-4)}`)).toBeVisible()
}

/** Fills in the form of a card that is open at Stripe, and saves it. */
export async function saveCard(page: Page, number: string): Promise<void> {
  await fillCard(page, number)
  await page.getByRole('button', { name: 'Save card' }).click()
}

/** The same with a card whose bank asks before it may be put on file: its owner says yes. */
export async function saveAskingCard(page: Page, number: string): Promise<void> {
  await saveCard(page, number)
  await page.getByRole('button', { name: 'Complete authentication' }).click()
}

/** Fills in the form of a card that is open at Stripe, and presses nothing. */
export async function fillCard(page: Page, number: string): Promise<void> {
  await page.getByLabel('Card number').fill(number)
  await page.getByLabel('Expiration').fill('12 / 34')
  await page.getByLabel('CVC').fill('123')
  await page.getByLabel('Cardholder name').fill('Ana Example')
  await page.getByLabel('ZIP or postal code').fill('94107')
}

/** Pays with a card that works, and waits for the plan to be on. */
export async function subscribe(page: Page, plan: string): Promise<void> {
  await payWith(page, PAYS)
  await expect(page.getByRole('heading', { name: `You’re on ${plan}.` })).toBeVisible()
}

/** From the billing page into the portal. */
export async function openPortal(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Manage at Stripe' }).click()
  await expect(page.getByRole('link', { name: /^Return to/ })).toBeVisible()
}

/** Back from the portal to the billing page. */
export async function leavePortal(page: Page): Promise<void> {
  await page.getByRole('link', { name: /^Return to/ }).click()
  await expect(page.getByRole('heading', { name: 'Billing', level: 1 })).toBeVisible()
}

/** Ends the plan with its period, in the portal that is open. */
export async function cancelSubscription(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Cancel subscription' }).click()
  await expect(page.getByRole('link', { name: 'Go back' })).toBeVisible()
  await page.getByRole('button', { name: 'Cancel subscription' }).click()
}
