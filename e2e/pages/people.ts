import { randomUUID } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import type { CapturedMail } from '@/e2e/stack/mail'

export type MailFor = (to: string) => Promise<CapturedMail>

/** A fresh email address: each story has its own person. */
export function newAddress(): string {
  return `ana.${randomUUID().slice(0, 8)}@example.test`
}

/** Asks for a sign-in link on the page that is open, opens the mail, and presses the button. */
export async function signInByMail(page: Page, email: string, mailFor: MailFor): Promise<void> {
  await page.getByLabel('Email').fill(email)
  await page.getByRole('button', { name: 'Email me a sign-in link' }).click()
  await expect(page.getByRole('heading', { name: 'Check your email' })).toBeVisible()
  await page.goto((await mailFor(email)).link)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** From the pricing page to Stripe's, signing in on the way. */
export async function goToCheckout(page: Page, plan: string, mailFor: MailFor): Promise<string> {
  const email = newAddress()
  await page.goto('/pricing')
  await page.getByRole('button', { name: `Upgrade to ${plan}` }).click()
  await expect(page.getByRole('heading', { name: new RegExp(`continue to ${plan}`) })).toBeVisible()
  await signInByMail(page, email, mailFor)
  await expect(page.getByLabel('Card number')).toBeVisible()
  return email
}
