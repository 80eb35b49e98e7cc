import { expect } from '@playwright/test'
import { freePort } from '@/scripts/stack/ports'
import { startServer } from './server'

/** Where the app of this file answers: each worker has its own. */
export const BASE = `http://localhost:${await freePort(0)}`

/** The stack's app once more, with a publishable key and whatever else: it runs Stripe.js. Returns what stops it. */
export async function serveWithKey(
  more: Record<string, string> = {},
): Promise<() => Promise<void>> {
  const server = startServer({
    PORT: new URL(BASE).port,
    APP_URL: BASE,
    NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY: 'pk_test_stories',
    ...more,
  })
  const answers = () =>
    fetch(`${BASE}/pricing`).then(
      ({ status }) => status,
      () => 0,
    )
  await expect.poll(answers, { timeout: 30_000 }).toBe(200)
  return async () => {
    server.child.kill('SIGKILL')
    await server.exited
  }
}
