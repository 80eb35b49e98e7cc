import { expect } from '@playwright/test'
import { freePort } from '@/scripts/stack/ports'
import { test } from './fixtures'
import { newAddress, signInByMail } from './pages/people'
import { startServer } from './stack/server'

/** Runs a story on a server of its own, which looks for one of its parts where nothing is. */
async function without(
  name: string,
  address: (port: number) => string,
  story: (base: string) => Promise<void>,
): Promise<void> {
  const [port, unused] = [await freePort(0), await freePort(0)]
  const base = `http://localhost:${port}`
  const env = { PORT: String(port), APP_URL: base, [name]: address(unused) }
  const app = startServer(env)
  const status = () =>
    fetch(`${base}/pricing`)
      .then((answer) => answer.status)
      .catch(() => 0)
  try {
    await expect.poll(status, { timeout: 30_000, message: app.output() }).toBe(200)
    await story(base)
  } finally {
    app.child.kill('SIGKILL')
    await app.exited
  }
}

test('with our records away, a page and a form both say so, and give a reference', async ({
  page,
  baseURL,
}) => {
  const dead = (port: number) => `postgresql://ledger@127.0.0.1:${port}/none`
  await without('DATABASE_URL', dead, async (base) => {
    const alert = page.getByRole('main').getByRole('alert')
    await page.goto(`${base}/sign-in`)
    await page.getByLabel('Email').fill('ana@example.test')
    await page.getByRole('button', { name: 'Email me a sign-in link' }).click()
    await expect(alert).toContainText('Our records cannot be reached right now.')
    await expect(alert).toContainText(/Reference [0-9a-f]{8}\./)
    await expect(page.getByLabel('Email')).toHaveValue('ana@example.test')
    const session = { name: 'authjs.session-token', value: 'of-a-user', url: baseURL ?? '' }
    await page.context().addCookies([session])
    await page.goto(`${base}/settings/billing`)
    await expect(
      page.getByRole('heading', { name: 'We could not read your billing.' }),
    ).toBeVisible()
    await expect(alert).toContainText('Our records cannot be reached right now.')
    await expect(page.getByText(/^Reference [0-9a-f]{8}$/)).toBeVisible()
  })
})

test('with the mail server away, signing in says that the mail did not go', async ({ page }) => {
  await without(
    'EMAIL_SERVER',
    (port) => `smtp://127.0.0.1:${port}`,
    async (base) => {
      const email = newAddress()
      await page.goto(`${base}/sign-in?plan=pro&interval=year`)
      await page.getByLabel('Email').fill(email)
      await page.getByRole('button', { name: 'Email me a sign-in link' }).click()
      const alert = page.getByRole('main').getByRole('alert')
      await expect(alert).toContainText('Our mail server did not take your sign-in mail.')
      await expect(alert).not.toContainText('Stripe')
      await expect(page.getByLabel('Email')).toHaveValue(email)
      await expect(page.getByRole('heading', { name: /continue to Pro/ })).toBeVisible()
    },
  )
})

test('with Stripe away, an upgrade says that it is Stripe, and keeps the plan', async ({
  page,
  mailFor,
}) => {
  await page.goto('/sign-in?return=/settings/sign-in-methods')
  await signInByMail(page, newAddress(), mailFor)
  await expect(page.getByRole('heading', { name: 'Sign-in methods' })).toBeVisible()
  await without(
    'STRIPE_API_BASE',
    (port) => `http://127.0.0.1:${port}`,
    async (base) => {
      await page.goto(`${base}/pricing`)
      await page.getByRole('button', { name: 'Upgrade to Pro' }).click()
      const alert = page.getByRole('main').getByRole('alert')
      await expect(alert).toContainText('Stripe, which takes our payments, does not answer', {
        timeout: 20_000,
      })
      await expect(page.getByRole('button', { name: 'Continue to payment' })).toBeVisible()
    },
  )
})

test('with Redis away, nothing is refused for it', async ({ page, mailFor }) => {
  await without(
    'UPSTASH_REDIS_REST_URL',
    (port) => `http://127.0.0.1:${port}`,
    async (base) => {
      const email = newAddress()
      await page.goto(`${base}/sign-in?return=/settings/sign-in-methods`)
      await signInByMail(page, email, mailFor)
      await expect(page.getByText(`Sent to ${email}.`)).toBeVisible()
    },
  )
})
