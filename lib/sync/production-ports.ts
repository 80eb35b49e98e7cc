import { setTimeout as sleep } from 'node:timers/promises'
import { applySync, claimDue, claimTarget, failTarget } from '@/db/queries/ledger'
import { listSubscribers } from '@/db/queries/subscribers'
import { ACCESS_POLICY } from '@/lib/catalog/access-policy'
import { type Clock, realClock } from '@/lib/clock'
import { takenBack } from '@/lib/entitlements/taken-back'
import { env } from '@/lib/env'
import { paceRead } from '@/lib/redis/pace-read'
import { retrieveCharge } from '@/lib/stripe/charges'
import { retrieveCustomer } from '@/lib/stripe/customers'
import { listPricesOf } from '@/lib/stripe/prices'
import { sandboxClock } from '@/lib/stripe/sandbox-clock'
import { listSubscriptions } from '@/lib/stripe/subscriptions'
import type { SyncPorts } from './ports'

/** The real outside: Postgres, Stripe, and the clock that business goes by. */
export function productionPorts(): SyncPorts {
  const { appEnv, databaseFingerprint, stripe } = env()
  const reads = { namespace: databaseFingerprint, perSecond: stripe.readsPerSecond }
  return {
    ledger: { claimTarget, claimDue, applySync, failTarget, listSubscribers },
    stripe: {
      listSubscriptions: (id) => listSubscriptions(id, ASKS),
      retrieveCustomer,
      retrieveCharge,
      listPricesOf,
    },
    pace: (urgent) => paceRead({ ...reads, urgent }),
    clock: businessClock(stripe.apiBase),
    sleep: (milliseconds) => sleep(milliseconds),
    prices: stripe.prices,
    appEnv,
    livemode: stripe.livemode,
  }
}

/** What is asked of Stripe beside the one list call: only what the policy decides by. */
export const ASKS = {
  reversals: takenBack(ACCESS_POLICY),
}

// One for all ports of this process: what it learned of the sandbox's clock must outlive a request.
let sandboxes: Clock | undefined

function businessClock(apiBase: URL | null): Clock {
  if (!apiBase) return realClock
  sandboxes ??= sandboxClock(apiBase)
  return sandboxes
}
