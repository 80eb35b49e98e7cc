import { expect, type Page } from '@playwright/test'
import { test } from './fixtures'
import { newAddress, signInByMail } from './pages/people'
import { chooseNoPlan, mistypeAddress } from './pages/refused'

const WRONG = 'That is not an email address that we can write to.'
const BILLING = '/settings/billing'

/** The alerts of the page; Next announces each page in one of its own, outside of it. */
const alerts = (page: Page) => page.getByRole('main').getByRole('alert')

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('a typo in an address stays in its field, with what is wrong beside it, and keeps the plan', async ({
      page,
    }) => {
      await page.goto('/sign-in?plan=pro&interval=year')
      await mistypeAddress(page)
      const field = page.getByLabel('Email')
      await expect(field).toHaveValue('ana@exmaple')
      await expect(field).toHaveAttribute('aria-invalid', 'true')
      await expect(field).toHaveAccessibleDescription(new RegExp(WRONG))
      await expect(page.getByRole('heading', { name: /continue to Pro/ })).toBeVisible()
      expect(decodeURIComponent(page.url())).not.toContain('exmaple')
      expect(decodeURIComponent(page.url())).not.toContain('address')
    })

    test('what was said once is not said again by a reload, by Back, or in another tab', async ({
      page,
    }) => {
      await page.goto('/sign-in')
      await mistypeAddress(page)
      const address = page.url()
      await page.reload()
      await expect(page.getByLabel('Email')).toHaveValue('')
      await expect(alerts(page)).toHaveCount(0)
      await mistypeAddress(page)
      await page.getByRole('link', { name: 'Pricing' }).first().click()
      await expect(page.getByRole('heading', { level: 1, name: /Simple plans/ })).toBeVisible()
      await page.goBack()
      await expect(page.getByLabel('Email')).toBeVisible()
      await expect(alerts(page)).toHaveCount(0)
      const other = await page.context().newPage()
      await other.goto(address)
      await expect(alerts(other)).toHaveCount(0)
    })

    test('what was typed when the session had ended is back in its form after signing in', async ({
      page,
      mailFor,
    }) => {
      const [email, here] = [newAddress(), '/settings/account/delete']
      const field = page.getByLabel(/^To confirm, type/)
      await page.goto(`/sign-in?return=${here}`)
      await signInByMail(page, email, mailFor)
      await field.fill('half.an.address@example.test')
      await page.context().clearCookies({ name: 'authjs.session-token' })
      await page.getByRole('button', { name: 'Delete account' }).click()
      await expect(alerts(page)).toContainText('You are not signed in any more.')
      expect(decodeURIComponent(page.url())).not.toContain('half.an.address')
      await signInByMail(page, email, mailFor)
      await expect(page.getByText('You are signed in again.')).toBeVisible()
      await expect(field).toHaveValue('half.an.address@example.test')
      expect((await page.context().cookies()).filter(({ name }) => /typed/.test(name))).toEqual([])
      await page.reload()
      await expect(field).toHaveValue('')
    })

    test('two tabs that are refused each say why', async ({ page }) => {
      const other = await page.context().newPage()
      for (const tab of [page, other]) await tab.goto('/sign-in')
      await Promise.all([mistypeAddress(page, 'ana@one'), mistypeAddress(other, 'ana@two')])
      await expect(page.getByLabel('Email')).toHaveValue('ana@one')
      await expect(other.getByLabel('Email')).toHaveValue('ana@two')
    })
  })
}

test('a form that was refused says what, what to do, and a reference that stands in the log', async ({
  page,
  mailFor,
}) => {
  await page.goto('/sign-in')
  await signInByMail(page, newAddress(), mailFor)
  await expect(page.getByRole('heading', { name: 'Billing', level: 1 })).toBeVisible()
  await chooseNoPlan(page)
  await expect(alerts(page)).toContainText('Choose one of the plans on the pricing page.')
  await expect(alerts(page)).toContainText(/Reference [0-9a-f]{8}\./)
})

test('a session that ended under an open page is said on the way to signing in, and leads back', async ({
  page,
  mailFor,
  sql,
}) => {
  const [email, methods] = [newAddress(), '/settings/sign-in-methods']
  await page.goto(`/sign-in?return=${methods}`)
  await signInByMail(page, email, mailFor)
  await expect(page).toHaveURL(methods)
  // A second way in, so that the first can be removed.
  await sql`insert into accounts (user_id, provider, provider_account_id)
    select id, 'github', id::text from users where email = ${email}`
  await page.goto(`${methods}?remove=github`)
  await page.context().clearCookies({ name: 'authjs.session-token' })
  await page.getByRole('button', { name: 'Remove GitHub' }).click()
  await expect(alerts(page)).toContainText('You are not signed in any more.')
  await signInByMail(page, email, mailFor)
  await expect(page).toHaveURL(methods)
})

test('no address and no cookie of another makes a page say something', async ({
  page,
  mailFor,
  baseURL,
}) => {
  await page.goto('/sign-in')
  await signInByMail(page, newAddress(), mailFor)
  await expect(page.getByRole('heading', { name: 'Billing', level: 1 })).toBeVisible()
  const quiet = async (path: string) => {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(alerts(page), path).toHaveCount(0)
  }
  const claims = ['customer_deleted', 'payment_required', 'card_declined', 'unavailable']
  for (const claim of claims) await quiet(`${BILLING}?error=${claim}&ref=0123abcd&wait=240`)
  for (const value of [
    'Pay here',
    '%00',
    Buffer.from('{"reason":"card_declined"}').toString('base64'),
  ]) {
    const cookie = { name: 'refusal.0123abcd', value, url: baseURL ?? '' }
    await page.context().addCookies([cookie])
    await quiet(`${BILLING}?error=payment_required&ref=0123abcd`)
  }
})

test('what one visitor was refused is said to no other, even with their cookie and their address', async ({
  page,
  browser,
  mailFor,
}) => {
  const other = await browser.newPage()
  for (const person of [page, other]) {
    await person.goto('/sign-in')
    await signInByMail(person, newAddress(), mailFor)
    await expect(person.getByRole('heading', { name: 'Billing', level: 1 })).toBeVisible()
  }
  await chooseNoPlan(page)
  const cookie = (await page.context().cookies()).find(({ name }) => name.startsWith('refusal.'))
  if (!cookie) throw new Error('There should be a cookie.')
  await other.context().addCookies([cookie])
  const ref = cookie.name.slice('refusal.'.length)
  await other.goto(`/checkout/continue?error=invalid&ref=${ref}&plan=pro&interval=year`)
  await expect(other.getByRole('button', { name: 'Continue to payment' })).toBeVisible()
  await expect(alerts(other)).toHaveCount(0)
  await other.close()
})
