import { expect } from '@playwright/test'
import { test } from './fixtures'
import { SMALL } from './pages/plans'

// Bytes that Postgres has no text for, encodings that mean nothing, and names that objects have.
const BAD = ['%00', 'a%00b', '%', '%zz', '%ff%fe', '%ed%a0%80', '"', '__proto__', 'x'.repeat(7000)]
const COOKIES = [
  'authjs.session-token',
  'authjs.callback-url',
  'authjs.csrf-token',
  'authjs.state',
  'second_account',
  'sent_to',
  'anything',
]
const PATHS = [
  '/',
  '/pricing',
  '/sign-in',
  '/sign-in?sent=1',
  '/sign-in?error=SecondAccount',
  '/settings/billing',
  '/settings/billing/plans',
  '/settings/sign-in-methods',
  `/checkout/continue?plan=${SMALL.tier}&interval=month`,
  '/checkout/return?session_id=cs_test_1',
  '/api/billing/status',
  '/api/auth/session',
  '/api/auth/callback/email?token=t&email=ana%40example.com',
]

test('nonsense in a cookie is a visitor who is signed out, on every page', async ({ request }) => {
  // Some eight hundred requests.
  test.setTimeout(300_000)
  const failed: string[] = []
  for (const path of PATHS) {
    for (const name of COOKIES) {
      for (const value of BAD) {
        const headers = { cookie: `${name}=${value}` }
        const answer = await request.get(path, { headers, maxRedirects: 0 })
        if (answer.status() >= 500) failed.push(`${path} with ${name}=${value.slice(0, 20)}`)
      }
    }
  }
  expect(failed).toEqual([])
})

test('a form is answered in words when the browser’s cookies are nonsense', async ({ page }) => {
  for (const value of ['%00', '%zz', 'javascript:alert(1)']) {
    await page.goto('/sign-in')
    const fields = await page
      .locator('form', { has: page.getByLabel('Email') })
      .locator('input[type="hidden"]')
      .evaluateAll((inputs) =>
        inputs.map((input) => [
          input.getAttribute('name') ?? '',
          input.getAttribute('value') ?? '',
        ]),
      )
    for (const name of ['authjs.session-token', 'authjs.callback-url', 'authjs.csrf-token']) {
      const answer = await page.request.post('/sign-in', {
        headers: { origin: new URL(page.url()).origin, cookie: `${name}=${value}` },
        multipart: { ...Object.fromEntries(fields), email: 'nonsense' },
        maxRedirects: 0,
      })
      expect(answer.status()).toBe(303)
      expect(answer.headers().location).toContain('/sign-in?error=invalid')
    }
  }
})
