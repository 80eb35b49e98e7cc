import { setTimeout as sleep } from 'node:timers/promises'
import { applySync, claimDue, claimTarget, failTarget } from '@/db/queries/ledger'
import { type Clock, realClock } from '@/lib/clock'
import { env } from '@/lib/env'
import { retrieveCustomer } from '@/lib/stripe/customers'
import { sandboxClock } from '@/lib/stripe/sandbox-clock'
import { listSubscriptions } from '@/lib/stripe/subscriptions'
import type { SyncPorts } from './ports'

/** The real outside: Postgres, Stripe, and the clock that business goes by. */
export function productionPorts(): SyncPorts {
  const { appEnv, stripe } = env()
  return {
    ledger: { claimTarget, claimDue, applySync, failTarget },
    stripe: { listSubscriptions, retrieveCustomer },
    clock: businessClock(stripe.apiBase),
    sleep: (milliseconds) => sleep(milliseconds),
    prices: stripe.prices,
    appEnv,
    livemode: stripe.livemode,
  }
}

// One for all ports of this process: what it learned of the sandbox's clock must outlive a request.
let sandboxes: Clock | undefined

function businessClock(apiBase: URL | null): Clock {
  if (!apiBase) return realClock
  sandboxes ??= sandboxClock(apiBase)
  return sandboxes
}
