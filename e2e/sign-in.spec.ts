import { expect, type Page } from '@playwright/test'
import { SOAK } from '@/scripts/test/soaks'
import { test } from './fixtures'
import { newAddress, signInByMail } from './pages/people'
import { GREAT, SMALL } from './pages/plans'

/** Asks for a link on the sign-in page and answers where it leads. */
async function askForLink(
  page: Page,
  email: string,
  mailFor: (to: string) => Promise<{ link: string }>,
) {
  await page.goto('/sign-in')
  await page.getByLabel('Email').fill(email)
  await page.getByRole('button', { name: 'Email me a sign-in link' }).click()
  await expect(page.getByRole('heading', { name: 'Check your email' })).toBeVisible()
  return new URL((await mailFor(email)).link)
}

/** Opens a link on a page of another site, and follows it there. */
async function followFromElsewhere(page: Page, to: string) {
  await page.route('http://elsewhere.example/', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<a>Read on</a>' }),
  )
  await page.goto('http://elsewhere.example/')
  const link = page.getByText('Read on')
  await link.evaluate((element, href) => element.setAttribute('href', href), to)
  await link.click()
}

const isSignedIn = async (page: Page) =>
  (await page.request.get('/api/billing/status')).status() === 200

test('a link signs in once, and afterwards says that it was used', async ({
  page,
  browser,
  mailFor,
}) => {
  const link = await askForLink(page, newAddress(), mailFor)
  await page.goto(link.href)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Billing', level: 1 })).toBeVisible()
  const other = await browser.newPage()
  await other.goto(link.href)
  await other.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(other.getByText('That link has been used or is too old.')).toBeVisible()
  expect(await isSignedIn(other)).toBe(false)
  await other.close()
})

test(
  'after the press the title and the focus say what to do, and another link can be sent from there',
  SOAK,
  async ({ page, mailFor }) => {
    const email = newAddress()
    const first = await askForLink(page, email, mailFor)
    await expect(page).toHaveTitle(/^Check your email/)
    await expect(page.getByRole('heading', { name: 'Check your email' })).toBeFocused()

    await page.getByRole('button', { name: 'Send again' }).click()
    await expect(page.getByRole('status')).toContainText(`We sent another sign-in link to ${email}`)
    const second = new URL((await mailFor(email)).link)
    expect(second.href).not.toBe(first.href)
    await page.goto(second.href)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await expect(page.getByRole('heading', { name: 'Billing', level: 1 })).toBeVisible()
  },
)

test('opening the link’s page signs no visitor in, however often a scanner does it', async ({
  page,
  mailFor,
}) => {
  const link = await askForLink(page, newAddress(), mailFor)
  for (let time = 0; time < 3; time++) await page.goto(link.href)
  expect(await isSignedIn(page)).toBe(false)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Billing', level: 1 })).toBeVisible()
})

for (const javaScriptEnabled of [true, false]) {
  const details = javaScriptEnabled ? {} : SOAK
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', details, () => {
    test.use({ javaScriptEnabled })

    test('another site cannot sign its visitor in: the link asks for a press, and then works', async ({
      page,
      browser,
      mailFor,
    }) => {
      const email = newAddress()
      const asking = await browser.newPage({ javaScriptEnabled: true })
      const { search } = await askForLink(asking, email, mailFor)
      await asking.close()
      const victim = await browser.newPage({ javaScriptEnabled: true })
      await followFromElsewhere(victim, new URL(`/api/auth/callback/email${search}`, base()).href)
      await expect(victim).toHaveURL(/\/sign-in\/link\?/)
      expect(await isSignedIn(victim)).toBe(false)
      await page.goto(victim.url())
      await victim.close()
      await expect(page.getByText(email)).toBeVisible()
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
      await expect(page.getByRole('heading', { name: 'Billing', level: 1 })).toBeVisible()
    })
  })
}

test('a link that another site shows opens no checkout: its reader presses first', async ({
  page,
  mailFor,
  sql,
}) => {
  const email = newAddress()
  await page.goto('/sign-in')
  await signInByMail(page, email, mailFor)
  await expect(page.getByRole('heading', { name: 'Billing', level: 1 })).toBeVisible()
  const posts: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST') posts.push(request.url())
  })
  for (const path of ['/checkout/continue', '/sign-in']) {
    await followFromElsewhere(
      page,
      new URL(`${path}?plan=${GREAT.tier}&interval=year`, base()).href,
    )
    const button = page.getByRole('button', { name: 'Continue to payment' })
    await expect(button).toBeVisible()
    await page.waitForLoadState('networkidle')
    expect(posts).toEqual([])
  }
  expect(
    await sql`select 1 from customers c join memberships m on m.workspace_id = c.workspace_id
      join users u on u.id = m.user_id where u.email = ${email}`,
  ).toHaveLength(0)
  await page.getByRole('button', { name: 'Continue to payment' }).click()
  await expect(page.getByLabel('Card number')).toBeVisible()
})

test('signing out ends the session for good, even for a copy of its cookie', async ({
  page,
  context,
  mailFor,
}) => {
  await page.goto('/sign-in')
  await signInByMail(page, newAddress(), mailFor)
  await expect(page.getByRole('heading', { name: 'Billing', level: 1 })).toBeVisible()
  const kept = await context.cookies()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL('/')
  expect(await isSignedIn(page)).toBe(false)
  await context.addCookies(kept)
  expect(await isSignedIn(page)).toBe(false)
})

test('next-auth’s own sign-out page is nowhere to be found', async ({ page }) => {
  await page.goto('/api/auth/signout')
  await expect(page).toHaveURL(/\/sign-in/)
})

test('a person of the demo is in with one click, and sees their plan', async ({ page }) => {
  await page.goto('/sign-in')
  await page.getByRole('button', { name: 'Sign in as Bruno Costa' }).click()
  await expect(page.getByRole('heading', { name: 'Billing', level: 1 })).toBeVisible()
  await expect(page.getByRole('heading', { name: SMALL.name, level: 2 })).toBeVisible()
})

test('the demo’s sign-in takes a small form of our own pages, and nothing else', async ({
  request,
}) => {
  const origin = base().origin
  const send = (body: string | Buffer, headers: Record<string, string>) =>
    request.post('/sign-in/demo', { data: body, headers, maxRedirects: 0 })
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const json = { origin, 'content-type': 'application/json' }
  expect((await send('{"email":"ada@demo.test"}', json)).status()).toBe(400)
  expect((await send('email=%zz', { origin, ...form })).status()).toBe(400)
  expect((await send('x'.repeat(100_000), { origin, ...form })).status()).toBe(400)
  const foreign = await send('email=ada%40demo.test', { origin: 'https://evil.example', ...form })
  expect(foreign.headers().location).toContain('/sign-in?error=origin')
})

// `safe-path.test.ts` has all that is no path of ours; here one of them goes the whole way.
for (const [away, details] of [
  ['https://evil.example/', SOAK],
  ['//evil.example', {}],
  ['/\\evil.example', SOAK],
  ['/api/auth/signout', SOAK],
] as const) {
  test(`asked to return to ${away}, signing in stays here`, details, async ({ page, mailFor }) => {
    await page.goto(`/sign-in?return=${encodeURIComponent(away)}`)
    await signInByMail(page, newAddress(), mailFor)
    await expect(page).toHaveURL('/settings/billing')
  })
}

test('a page that asked gets its visitor back', async ({ page, mailFor }) => {
  await page.goto('/sign-in?return=%2Fsettings%2Fbilling%2Fplans')
  await signInByMail(page, newAddress(), mailFor)
  await expect(page).toHaveURL('/settings/billing/plans')
})

function base(): URL {
  return new URL(process.env.BASE_URL ?? '')
}
