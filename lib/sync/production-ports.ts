import { setTimeout as sleep } from 'node:timers/promises'
import { applySync, claimDue, claimTarget, failTarget } from '@/db/queries/ledger'
import { listSubscribers } from '@/db/queries/subscribers'
import { ACCESS_POLICY } from '@/lib/catalog/access-policy'
import { raiseAccessFence } from '@/lib/entitlements/last-known'
import { takenBack } from '@/lib/entitlements/taken-back'
import { env } from '@/lib/env'
import { paceRead } from '@/lib/redis/pace-read'
import { span } from '@/lib/span'
import { businessClock } from '@/lib/stripe/business-clock'
import { retrieveReversal } from '@/lib/stripe/charge-reversal'
import { retrieveCharge } from '@/lib/stripe/charges'
import { retrieveCustomer } from '@/lib/stripe/customers'
import { listPricesOf } from '@/lib/stripe/prices'
import { listSubscriptions } from '@/lib/stripe/subscriptions'
import { answersFirst } from './answers-first'
import type { SyncPorts } from './ports'

/** The real outside: Postgres, Stripe, and the clock that business goes by. */
export function productionPorts(): SyncPorts {
  const { appEnv, databaseFingerprint, stripe } = env()
  const reads = { namespace: databaseFingerprint, perSecond: stripe.readsPerSecond }
  return {
    ledger: {
      claimTarget: (key, how) => span('sync.claim', about(key), () => claimTarget(key, how)),
      claimDue: (limit) => span('sync.claim', {}, () => claimDue(limit)),
      applySync: (claim, change, finish) =>
        span('sync.apply', about(claim.key), () => applyAndRaise(claim, change, finish)),
      failTarget,
      listSubscribers,
    },
    stripe: {
      listSubscriptions: (id) => span('stripe.read', about(id), () => listSubscriptions(id, ASKS)),
      retrieveCustomer: (id) => span('stripe.read', about(id), () => retrieveCustomer(id)),
      retrieveCharge: (id) => span('stripe.read', about(id), () => retrieveCharge(id)),
      retrieveReversal: (id) => span('stripe.read', about(id), () => retrieveReversal(id)),
      listPricesOf: (target) => span('stripe.read', about(target.id), () => listPricesOf(target)),
    },
    pace: (urgent) => paceRead({ ...reads, urgent }),
    inTurn: (work) => answersFirst.following(work),
    clock: businessClock(),
    sleep: (milliseconds) => sleep(milliseconds),
    prices: stripe.prices,
    appEnv,
    livemode: stripe.livemode,
  }
}

function about(key: string) {
  return { 'billing.target': key }
}

// Once it is committed, no older answer may say yes any more, not even while Postgres is away.
const applyAndRaise: SyncPorts['ledger']['applySync'] = async (claim, change, finish) => {
  const answer = await applySync(claim, change, finish)
  if (change.entitlement && answer.fence)
    await raiseAccessFence(change.entitlement.workspaceId, answer.fence)
  return answer
}

/** What is asked of Stripe beside the one list call: only what the policy decides by. */
export const ASKS = {
  reversals: takenBack(ACCESS_POLICY),
}
