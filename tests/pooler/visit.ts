import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type postgres from 'postgres'
import { ENTRY_PLAN } from '@/lib/catalog/plans'
import { type Answer, type Browser, openBrowser } from './browser'

// A person who reloads for longer has gone; a failure must have passed by then.
const PATIENCE_MS = 40_000

const LOOK_FOR_MAIL_MS = 5_000

// Stripe's own test card, and what its page asks for beside it.
const CARD = {
  ...{ number: '4242 4242 4242 4242', expiry: '12 / 34', cvc: '123', name: 'Ana' },
  ...{ country: 'US', postal_code: '94107' },
}

/**
 * A new person signs in by mail, buys a plan at the sandbox and sees that they have it. Whatever fails on
 * the way they try again, as a person does who reloads.
 * @returns what went wrong; null when they have their plan
 */
export async function visit(
  url: string,
  sql: postgres.Sql,
  heard: (answer: Answer) => void,
): Promise<string | null> {
  const email = `${randomUUID()}@example.test`
  const browser = openBrowser(url, heard)
  try {
    await until('they are signed in', () => signIn(browser, sql, email))
    const checkout = await until('Checkout opens', () => openCheckout(browser))
    const back = await until('it is paid', () => pay(browser, checkout))
    await until('the plan is on', () => isOnPlan(browser, back))
    return null
  } catch (error) {
    return `${email}: ${error instanceof Error ? error.message : error}`
  }
}

async function until<T>(what: string, attempt: () => Promise<T | null>): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const result = await attempt().catch(() => null)
    if (result !== null) return result
    if (Date.now() > deadline) throw new Error(`not in ${PATIENCE_MS / 1000} s: ${what}`)
    await wait(200)
  }
}

async function askForLink(browser: Browser, email: string): Promise<true | null> {
  const { location } = await browser.press('/sign-in', 'name="email"', { email })
  return location?.includes('sent=1') ? true : null
}

// Past the application: a mailbox is no part of this.
async function findLink(sql: postgres.Sql, email: string): Promise<string | null> {
  const [row] = await sql<{ link: string | null }[]>`select payload->>'link' as link from outbox
    where kind = 'mail' and payload->>'to' = ${email} order by created_at desc limit 1`
  return row?.link ?? null
}

// A link works once: where the answer to it was lost, its page asks for another one, and so does this person.
// A visitor who is signed in already, and saw only the next page fail, is asked for no address any more.
async function signIn(browser: Browser, sql: postgres.Sql, email: string): Promise<true | null> {
  if (await isSignedIn(browser)) return true
  await until('the link is mailed', () => askForLink(browser, email))
  const link = await until('the mail is there', () => findLink(sql, email))
  await browser.get(`/api/auth/callback/email${new URL(link).search}`)
  const signedIn = await isSignedIn(browser)
  // A visitor who asks for many links in a row gets none: a person looks for the mail first.
  if (!signedIn) await wait(LOOK_FOR_MAIL_MS)
  return signedIn
}

async function isSignedIn(browser: Browser): Promise<true | null> {
  const { status } = await browser.get('/api/billing/status')
  return status === 200 ? true : null
}

async function openCheckout(browser: Browser): Promise<string | null> {
  const choice = { tier: ENTRY_PLAN.tier, interval: 'month' }
  const { location } = await browser.press('/pricing', 'name="tier"', choice)
  return location?.includes('/c/pay/') ? location : null
}

async function pay(browser: Browser, checkout: string): Promise<string | null> {
  return (await browser.send(checkout, CARD)).location
}

async function isOnPlan(browser: Browser, back: string): Promise<true | null> {
  const { pathname, search } = new URL(back)
  const { text } = await browser.get(pathname + search)
  return new RegExp(`You(’|&#x27;)re on ${ENTRY_PLAN.name}`).test(text) ? true : null
}
