import { expect, type Page } from '@playwright/test'
import type postgres from 'postgres'
import { SOAK } from '@/scripts/test/soaks'
import { test } from './fixtures'
import { GREAT, SMALL } from './pages/plans'
import { signIn } from './pages/signed-in'
import { subscribe } from './pages/stripe'
import { accessibilityProblems } from './stack/accessibility'
import { sandboxNow } from './stack/sandbox'

const FREE_USES = 10

/** The reports of a new person, who has spent so many of this month's uses. */
async function openReports(page: Page, sql: postgres.Sql, used = 0): Promise<void> {
  const id = await signIn(page, sql)
  await sql`insert into usage_counters (workspace_id, period_start, used)
    values (${id}, date_trunc('month', ${await sandboxNow()}::timestamptz at time zone 'utc') at time zone 'utc', ${used})`
  await page.goto('/reports')
}

async function makeReport(page: Page, title: string): Promise<void> {
  await page.getByLabel('Title').fill(title)
  await page.getByRole('button', { name: 'Make report' }).click()
}

async function upgrade(page: Page, plan: string): Promise<void> {
  await page.goto('/pricing')
  await page.getByRole('button', { name: `Upgrade to ${plan}` }).click()
  await subscribe(page, plan)
}

test('a customer makes what Free allows, is shown the way to more, pays, and goes on', async ({
  page,
  sql,
}) => {
  // The limit itself is `lib/usage`'s to prove; here its last two uses are made.
  await openReports(page, sql, FREE_USES - 2)
  const list = page.getByRole('list', { name: 'Your reports' })
  for (let n = FREE_USES - 1; n <= FREE_USES; n += 1) {
    await makeReport(page, `Report ${n}`)
    await expect(list.getByText(`Report ${n}`, { exact: true })).toBeVisible()
  }
  await expect(page.getByText(`You have used all ${FREE_USES} uses of this month.`)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Make report' })).toHaveCount(0)
  // The title of a page that streams comes after its content.
  await expect(page).toHaveTitle(/Reports/)
  expect(await accessibilityProblems(page)).toEqual([])

  await page.getByRole('link', { name: `Upgrade to ${SMALL.name}` }).click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await upgrade(page, SMALL.name)
  await page.getByRole('link', { name: 'Reports' }).click()
  await makeReport(page, 'The eleventh')
  await expect(page.getByRole('status').getByText('Your report is ready.')).toBeVisible()
  await expect(list.getByText('The eleventh')).toBeVisible()
})

test(
  'a form that was opened before the last use was spent is refused with the plan that has more',
  SOAK,
  async ({ page, context, sql }) => {
    await openReports(page, sql, FREE_USES - 2)
    for (let n = FREE_USES - 1; n < FREE_USES; n += 1) {
      await makeReport(page, `Report ${n}`)
      await expect(page.getByText(`Report ${n}`, { exact: true })).toBeVisible()
    }
    const other = await context.newPage()
    await other.goto('/reports')
    await makeReport(page, 'The last')
    await expect(page.getByText('The last', { exact: true })).toBeVisible()
    await makeReport(other, 'One too many')
    const alert = other.getByRole('alert').filter({ hasText: 'used all' })
    await expect(alert).toContainText(`${SMALL.name} has more`)
    await expect(other.getByText('One too many')).toHaveCount(0)
    await other.close()
  },
)

test('analytics open with the plan that has them', SOAK, async ({ page, sql }) => {
  await openReports(page, sql)
  await makeReport(page, 'November')
  await expect(page.getByText('Your report is ready.')).toBeVisible()
  await page.getByRole('link', { name: 'Analytics' }).click()
  await expect(page.getByText(`Advanced analytics: included in ${SMALL.name}.`)).toBeVisible()
  await expect(page.getByText('Reports by day')).toHaveCount(0)
  await upgrade(page, SMALL.name)
  await page.goto('/reports/analytics')
  await expect(page.getByRole('heading', { name: 'Reports by day' })).toBeVisible()
  expect(await accessibilityProblems(page)).toEqual([])
})

test(
  'a program makes reports with a key once the plan has API access',
  SOAK,
  async ({ page, request, sql }) => {
    await openReports(page, sql)
    await upgrade(page, GREAT.name)
    await page.goto('/settings/api-keys')
    await page.getByLabel('Name').fill('Nightly export')
    await page.getByRole('button', { name: 'Create key' }).click()
    const key = (await page.locator('[data-key]').textContent()) ?? ''
    const headers = { authorization: `Bearer ${key}`, 'idempotency-key': 'november' }
    const ask = () => request.post('/api/v1/reports', { headers, data: { title: 'By a program' } })
    const [first, again] = [await ask(), await ask()]
    expect([first.status(), await first.json()]).toEqual([201, await again.json()])
    await page.goto('/reports')
    await expect(page.getByText('By a program', { exact: true })).toHaveCount(1)
  },
)
