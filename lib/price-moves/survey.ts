import { listPriced, type NewMove, type PricedSubscription } from '@/db/queries/price-moves'
import { env } from '@/lib/env'
import { NotFound } from '@/lib/errors'
import { previewTotal, retrieveMovable } from '@/lib/stripe/price-moves'
import { productionPorts } from '@/lib/sync/production-ports'
import { type LeftOut, leftOut } from './left-out'
import { renewalOn } from './renewal-on'
import type { Route } from './route'

/** What is to become of one subscriber. */
export type Surveyed =
  | { subscription: string; leftOut: LeftOut }
  | { subscription: string; leftOut: null; move: NewMove }

// As many rows are in memory at once.
const PAGE = 100

/**
 * Every subscriber of the old price by our records, each looked at and priced by Stripe at this moment, one after
 * the other in the pace of all reads. Nothing is written.
 * @throws {Unavailable} Stripe does not answer, or is asked too often already
 */
export async function* survey(route: Route, day: Date): AsyncGenerator<Surveyed> {
  for (let after = ''; ; ) {
    const { customer } = route
    const page = await listPriced(route.from, { after, limit: PAGE, customer })
    for (const row of page) yield await look(row, route, day)
    const last = page.at(-1)
    if (!last || page.length < PAGE) return
    after = last.id
  }
}

async function look(row: PricedSubscription, route: Route, day: Date): Promise<Surveyed> {
  const out = (why: LeftOut) => ({ subscription: row.id, leftOut: why })
  if (row.moving) return out('moving')
  if (!row.workspaceId) return out('no_reader')
  await productionPorts().pace(false)
  const found = await retrieveMovable(row.id).catch((error: unknown) => {
    if (error instanceof NotFound) return null
    throw error
  })
  if (!found) return out('other_price')
  const { from, to, currencies, interval } = route
  const why = leftOut(found, { from, currencies, appEnv: env().appEnv })
  const [item] = found.items
  if (why || !item) return out(why ?? 'items')
  const priced = { item: item.id, price: to, quantity: item.quantity ?? 1 }
  const [before, after] = await Promise.all([previewTotal(row.id), previewTotal(row.id, priced)])
  const { anchor, intervalCount } = found
  return {
    ...{ subscription: row.id, leftOut: null },
    move: {
      ...{ subscriptionId: row.id, customerId: row.customerId, fromPrice: from, toPrice: to },
      effectiveAt: renewalOn({ anchor, next: item.periodEnd, interval, intervalCount }, day),
      ...{ amountBefore: before.amount, amountAfter: after.amount, currency: before.currency },
    },
  }
}
