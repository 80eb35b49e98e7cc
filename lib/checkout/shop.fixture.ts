import { applyPush } from '@/lib/catalog/push/apply'
import { desired } from '@/lib/catalog/push/desired'
import { readFound } from '@/lib/catalog/push/found'
import { planPush } from '@/lib/catalog/push/plan'
import { handledEvents } from '@/lib/events/handlers'
import { someone } from '@/lib/workspaces/someone.fixture'
import { startSandbox } from '@/sandbox/server'
import { beginOnTheSameDay } from '@/sandbox/test/same-day'
import { startHttpWire } from '@/tests/harness/http-wire'

/**
 * A sandbox that sells the catalog, as the Stripe of this test file. Call it before anything
 * reads the environment, which happens once.
 */
export async function openShop() {
  const running = await startShop()
  process.env.STRIPE_API_BASE = running.url
  await sellCatalog()
  return running
}

/**
 * The same behind a wire: `asked` gives what Stripe was asked since the last time; `meanwhile` has something happen
 * once, after Stripe has done a request and before anyone hears of it.
 */
export async function openWatchedShop() {
  const running = await startShop()
  let seen: string[] = []
  const waiting = new Map<string, () => Promise<unknown>>()
  const wire = await startHttpWire(running.url, async ({ method, path, way }) => {
    const happens = way === 'down' ? waiting.get(`${method} ${path}`) : undefined
    waiting.delete(happens ? `${method} ${path}` : '')
    await happens?.()
    // Its clock, which is no part of Stripe, is looked at without end.
    if (way === 'up' && path.startsWith('/v1/'))
      seen.push(`${method} ${path.replace(/(cs|cus)_\w+/, ':id')}`)
    return undefined
  })
  process.env.STRIPE_API_BASE = wire.url
  await sellCatalog()
  const asked = () => {
    const since = seen
    seen = []
    return since
  }
  const meanwhile = (request: string, happens: () => Promise<unknown>) =>
    void waiting.set(request, happens)
  const stop = async () => {
    wire.close()
    await running.stop()
  }
  return { ...running, asked, meanwhile, stop }
}

async function startShop() {
  const running = await startSandbox({ port: 0, dataDir: null })
  beginOnTheSameDay(running.sandbox.clock)
  return running
}

async function sellCatalog(): Promise<void> {
  const wanted = desired({
    appUrl: 'http://localhost:3000',
    webhookUrl: null,
    events: handledEvents,
  })
  await applyPush(planPush(wanted, await readFound(wanted)), wanted)
}

/** A card that pays, and outlives every jump of the clock. */
export const CARD = {
  number: '4242424242424242',
  expMonth: 12,
  expYear: 2040,
  cvc: '123',
  name: 'Ana',
}

/** A user who can buy, new for each test, as the actor of what they do. */
export function shopper() {
  return someone({ name: 'Ana' })
}
