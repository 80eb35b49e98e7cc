import { spawn } from 'node:child_process'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { expect, type Page } from '@playwright/test'
import { script } from '@/scripts/stack/paths'
import { serveShop } from './shop'

/** A sandbox of its own, and a shop of another origin that has its stand-in for Stripe.js. */
export async function openWorld() {
  const [node, ...args] = script('sandbox/main.ts', '--json', '--memory', '--port', '0')
  const child = spawn(node, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  let line = ''
  for await (const first of createInterface({ input: child.stdout })) {
    line = first
    break
  }
  const { url } = JSON.parse(line)
  const server = await serveShop(url)
  const shop = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    shop,
    ask: (path: string, form?: Record<string, string>) => ask(`${url}/v1/${path}`, form),
    visit: (page: Page, query: Record<string, string>) =>
      page.goto(`${shop}/?${new URLSearchParams(query)}`),
    async stop() {
      server.close()
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.stdin.end()
      await ended
    },
  }
}

/** Asks the API as a server does: reads, or with a form writes. */
async function ask(address: string, form?: Record<string, string>) {
  const headers = { Authorization: 'Bearer sk_test_shop' }
  const sent = form ? { method: 'POST', body: new URLSearchParams(form) } : {}
  const answer = await fetch(address, { headers, ...sent })
  const body = await answer.json()
  if (!answer.ok) throw new Error(body.error.message)
  return body
}

/** What Stripe.js answered last, which the shop writes down. */
export async function said(page: Page) {
  const status = page.getByRole('status')
  await expect(status).not.toBeEmpty()
  const text = (await status.textContent()) ?? ''
  await status.evaluate((element) => element.replaceChildren())
  return JSON.parse(text)
}

/** The form of the Payment Element. */
export function formOf(page: Page) {
  return page.frameLocator('iframe[title="Secure payment input frame"]')
}

/** The page of the cardholder's bank, over the shop. */
export function bankOf(page: Page) {
  return page.frameLocator('iframe[title="3D Secure authentication"]')
}

/** Types a card into the Payment Element. */
export async function typeCard(page: Page, number: string) {
  const form = formOf(page)
  await form.getByLabel('Card number').fill(number)
  await form.getByLabel('Expiration date').fill('12 / 40')
  await form.getByLabel('Security code').fill('123')
  await form.getByLabel('ZIP code').fill('94107')
}

/** Presses the shop's own button. */
export function save(page: Page) {
  return page.getByRole('button', { name: 'Save' }).click()
}
