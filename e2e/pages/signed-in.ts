import { expect, type Page } from '@playwright/test'
import type postgres from 'postgres'
import { signedInPerson } from '@/e2e/stack/callers'
import { attach, give, newCustomer } from '@/e2e/stack/subscriptions'
import { variable } from '@/e2e/stack/variable'
import type { SMALL } from './plans'
import { drainAtOnce } from './records'

// Where signing in or buying is not what a story is about, it begins after it. `story.spec.ts`, `keyboard.spec.ts`,
// `no-javascript.spec.ts` and `threats.spec.ts` go the whole way; `sign-in.spec.ts` is about the mail.

/** Signs a new person in within this browser; `tier`: a plan that was given by hand. Answers their id. */
export async function signIn(page: Page, sql: postgres.Sql, tier: string | null = null) {
  const { id, cookie } = await signedInPerson(sql, tier)
  const [name = '', value = ''] = cookie.split('=')
  await page.context().addCookies([{ name, value, url: variable('BASE_URL') }])
  return id
}

/** Signs a new person in, and goes from the pricing page to Stripe's. */
export async function chooseSignedIn(page: Page, plan: string, sql: postgres.Sql) {
  await signIn(page, sql)
  await page.goto('/pricing')
  await page.getByRole('button', { name: `Upgrade to ${plan}` }).click()
  await expect(page.getByLabel('Card number')).toBeVisible()
}

/** Signs a new person in who pays for a plan by the month; answers their address. */
export async function subscriber(page: Page, plan: typeof SMALL, sql: postgres.Sql) {
  const me = await newCustomer(page.context(), sql, variable('BASE_URL'))
  await attach(me, 'pm_card_visa')
  await give(me, plan.lookupKeys.month)
  await drainAtOnce(sql)
  return `${me.id}@example.test`
}
