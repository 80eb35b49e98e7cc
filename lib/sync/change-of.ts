import type { Claim } from '@/db/queries/claim'
import type { Change } from '@/db/queries/ledger'
import type { Actor } from '@/lib/audit/actor'
import { parseTarget } from '@/lib/events/target'
import { newsOf } from '@/lib/revenue/news-of'
import { converge } from './converge'
import { detailsOf } from './details'
import { missingCustomer } from './missing-customer'
import type { SyncPorts } from './ports'
import { readCharge } from './read-charge'
import { readCustomer } from './read-customer'
import { readPriceTiers } from './read-price-tiers'
import { withAmounts } from './with-amounts'

/**
 * Reads what a claim is about from Stripe, and says what has to be written. Nothing is written here.
 * `doubted`: ask whether a customer itself still exists, too.
 */
export async function changeOf(
  ports: SyncPorts,
  claim: Claim,
  actor: Actor,
  doubted: boolean,
): Promise<Change> {
  const target = parseTarget(claim.key)
  switch (target.kind) {
    case 'customer': {
      const read = await readCustomer(ports, claim, target.id, { actor, doubted })
      const context = { actor, now: await ports.clock.now(), prices: ports.prices }
      if (read.customer?.missing) {
        const revenue = newsOf(claim, { subscriptions: [], moved: [], vanished: [] }, context)
        return withAmounts(ports, { ...missingCustomer(claim, read.customer), revenue })
      }
      const change = converge(claim, read, context)
      return withAmounts(ports, {
        ...change,
        outbox: [...change.outbox, ...detailsOf(claim.events, target.id)],
      })
    }
    case 'charge':
      return withAmounts(ports, await readCharge(ports, claim, target.id))
    case 'price':
    case 'product':
      return readPriceTiers(ports, target)
  }
}
