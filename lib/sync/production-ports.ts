import { setTimeout as sleep } from 'node:timers/promises'
import { applySync, claimDue, claimTarget, failTarget } from '@/db/queries/ledger'
import { realClock } from '@/lib/clock'
import { env } from '@/lib/env'
import { retrieveCustomer } from '@/lib/stripe/customers'
import { listSubscriptions } from '@/lib/stripe/subscriptions'
import type { SyncPorts } from './ports'

/** The real outside: Postgres, Stripe and the wall clock. */
export function productionPorts(): SyncPorts {
  const { appEnv, stripe } = env()
  return {
    ledger: { claimTarget, claimDue, applySync, failTarget },
    stripe: { listSubscriptions, retrieveCustomer },
    clock: realClock,
    sleep: (milliseconds) => sleep(milliseconds),
    prices: stripe.prices,
    appEnv,
    livemode: stripe.livemode,
  }
}
