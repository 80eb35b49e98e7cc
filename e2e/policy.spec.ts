import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { ROOT } from '@/scripts/stack/paths'
import { test } from './fixtures'
import { newAddress, signInByMail } from './pages/people'
import { SMALL } from './pages/plans'

const OPEN = [
  ...['/', '/pricing', '/pricing?code=NONE', '/sign-in', '/nowhere', '/dev/mail', '/dev/states'],
  ...['/emails/unsubscribe', '/sign-in/deleted', '/outdated', '/setup'],
]
const SIGNED_IN = [
  ...['/settings/billing', '/settings/billing/plans', '/settings/sign-in-methods'],
  ...['/settings/billing/payment-method', '/checkout/pay'],
  '/settings/billing/invoices',
  '/settings/billing/activity',
  '/settings/billing/usage',
  '/settings/billing/details',
  '/settings/account',
  '/settings/account/delete',
  '/checkout/return',
]
const OF_OPERATORS = [
  ...['/console', '/console/events', '/console/stuck', '/console/drift', '/console/outbox'],
  ...['/console/audit', '/console/health', '/console/operators', '/console/revenue'],
]

test('every page runs its own scripts and no other', async ({ page, mailFor, sql }) => {
  const complaints = listen(page)
  for (const path of OPEN) await visit(page, path)
  await page.goto('/sign-in?return=/settings/billing')
  await signInByMail(page, newAddress(), mailFor)
  await page.waitForURL('**/settings/billing')
  await sql`insert into operators (user_id) select id from users order by created_at desc limit 1`
  for (const path of [
    ...SIGNED_IN,
    ...OF_OPERATORS,
    `/checkout/continue?plan=${SMALL.tier}&interval=month&error=conflict`,
  ])
    await visit(page, path)
  expect(complaints).toEqual([])
})

test('a script that is smuggled into a page does not run', async ({ page }) => {
  for (const path of ['/pricing', '/sign-in']) {
    await page.goto(path)
    const blocked = await page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          document.addEventListener('securitypolicyviolation', (event) => {
            resolve(event.effectiveDirective)
          })
          const script = document.createElement('script')
          script.textContent = 'window.smuggled = true'
          document.body.append(script)
          const image = document.createElement('div')
          image.innerHTML = '<img src="data:," onerror="window.smuggled = true">'
          document.body.append(image)
        }),
    )
    expect(blocked).toMatch(/^script-src/)
    expect(await page.evaluate(() => 'smuggled' in window)).toBe(false)
  }
})

test('each page that is made for its request is given a nonce of its own', async ({ request }) => {
  const nonceOf = async () => {
    const policy = (await request.get('/sign-in')).headers()['content-security-policy'] ?? ''
    expect(policy).toContain("'nonce-")
    return /'nonce-([^']+)'/.exec(policy)?.[1]
  }
  expect(await nonceOf()).not.toBe(await nonceOf())
})

test('no policy of a page lets inline scripts run, and every dynamic page is known to the proxy', async ({
  request,
}) => {
  const known = /^\/(checkout|console|dev|emails|outdated|reports|settings|setup|sign-in)(\/|$)/
  expect(pagesOfBuild().filter((path) => !known.test(path))).toEqual([
    '/',
    '/_global-error',
    '/_not-found',
    '/pricing',
  ])
  for (const path of [...OPEN, ...SIGNED_IN]) {
    const policy = (await request.get(path)).headers()['content-security-policy']
    expect(policy, path).toContain("script-src 'self' '")
    expect(policy, path).not.toMatch(/script-src[^;]*unsafe-/)
  }
})

/** Goes there and waits until React has taken the page over. */
async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await page.waitForFunction(() =>
    Object.keys(document).some((key) => key.startsWith('__reactContainer')),
  )
}

function listen(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (/content security policy|violates/i.test(message.text()))
      complaints.push(`${new URL(page.url()).pathname}: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`${new URL(page.url()).pathname}: ${error}`))
  return complaints
}

function pagesOfBuild(): string[] {
  const manifest = join(ROOT, '.next', 'app-path-routes-manifest.json')
  const routes: Record<string, string> = JSON.parse(readFileSync(manifest, 'utf8'))
  return Object.entries(routes)
    .filter(([file]) => file.endsWith('/page'))
    .map(([, path]) => path)
    .sort()
}
