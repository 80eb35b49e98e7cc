import { expect } from '@playwright/test'
import type postgres from 'postgres'
import { test } from './fixtures'
import { FORMS } from './mutations/forms'
import { signedInAs } from './mutations/signed-in'
import { allIsDrained } from './pages/records'
import { newCustomer, type Person } from './stack/subscriptions'

// The same forms at their verbs, with other people's ids and a Stripe that fails: tests/mutations/matrix.db.test.ts.
let me: Person

test.beforeEach(async ({ context, sql, baseURL }) => {
  me = await newCustomer(context, sql, baseURL ?? '')
})

/** At once, where nothing came in the two seconds before; else when the cron has come by again. */
async function settled(sql: postgres.Sql, drain: () => Promise<void>) {
  await drain()
  await allIsDrained(sql)
}

for (const { what, prepare, at, press, said, done } of FORMS) {
  test.describe(what, () => {
    test('double click, Back and pressed again, loaded again: done once, and said', async ({
      page,
      sql,
      drain,
    }) => {
      await prepare(me, sql)
      await settled(sql, drain)
      await page.goto(at)
      await press(page).dblclick()
      await expect(said(page)).toBeVisible()
      await page.goBack()
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      // The page may be as it was, or know already that there is nothing left to press.
      if (await press(page).isVisible()) {
        await press(page).click()
        await expect(said(page)).toBeVisible()
      }
      await page.goto(at)
      await page.reload()
      await settled(sql, drain)
      expect(await done(me, sql)).toBe(1)
    })

    test('in two tabs: done once, and neither says that something went wrong', async ({
      page,
      context,
      sql,
      drain,
    }) => {
      await prepare(me, sql)
      await settled(sql, drain)
      const other = await context.newPage()
      for (const tab of [page, other]) await tab.goto(at)
      await Promise.all([press(page).click(), press(other).click()])
      const seen = async () => (await said(page).count()) + (await said(other).count())
      await expect.poll(seen).toBeGreaterThan(0)
      for (const tab of [page, other])
        await expect(tab.getByText('Something went wrong on our side.')).toHaveCount(0)
      await settled(sql, drain)
      expect(await done(me, sql)).toBe(1)
    })

    test('after the session ended: said, nothing done, and what was asked for is asked for again', async ({
      page,
      context,
      sql,
      baseURL,
      drain,
    }) => {
      await prepare(me, sql)
      await settled(sql, drain)
      await page.goto(at)
      await sql`delete from sessions where user_id = ${me.id}`
      await press(page).click()
      await expect(page.getByText('You are not signed in any more.')).toBeVisible()
      expect(await done(me, sql)).toBe(0)
      await signedInAs(me, context, sql, baseURL ?? '')
      await page.goto(at)
      await press(page).click()
      await expect(said(page)).toBeVisible()
      await settled(sql, drain)
      expect(await done(me, sql)).toBe(1)
    })
  })
}
