import type { Page } from '@playwright/test'
import type postgres from 'postgres'
import { allIsDrained } from './records'

/** The strip of the billing page that says these words. */
export function strip(page: Page, words: string | RegExp) {
  return page.getByRole('region', { name: 'About your plan' }).filter({ hasText: words })
}

/** What `/api/billing/status` answers to the person of this page. */
export async function status(page: Page) {
  return (await page.request.get('/api/billing/status')).json()
}

/** Opens the billing page, once everything that happened at Stripe is here. */
export async function billing(page: Page, sql: postgres.Sql) {
  await allIsDrained(sql)
  await page.goto('/settings/billing')
}
