import { eq } from 'drizzle-orm'
import { beforeEach } from 'vitest'
import { db } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { priceMoves } from '@/db/schema/price-moves'
import { systemActor } from '@/lib/audit/actor'
import { BRAND } from '@/lib/brand'
import { PLANS } from '@/lib/catalog/plans'
import { priceForTier } from '@/lib/catalog/price-for-tier'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { type PriceId, parsePriceId, parseSubscriptionId } from '@/lib/ids'
import { finishMoves } from '@/lib/outbox/finish-price-moves'
import { emailsTo } from '@/lib/outbox/history.fixture'
import { historyForFile } from '@/lib/outbox/history-for-file.fixture'
import { type Subscriber, subscriber } from '@/lib/reconcile/subscribers.fixture'
import { stripeClient } from '@/lib/stripe/client'
import { retrieveMovable } from '@/lib/stripe/price-moves'
import { askUndo } from './ask'
import { migrate } from './migrate'
import { routeOf } from './route'

const OPERATOR = systemActor('price.migrate by test')
const DAY_MS = 86_400_000

/**
 * For one test file: a subscriber of the small plan at $19, which is sold for $24 since; or by the
 * year, for ten times that.
 */
export function raisedPrice(interval: 'month' | 'year' = 'month') {
  const times = interval === 'year' ? 10 : 1
  const { history } = historyForFile()
  const scene = {
    from: 'price_' as PriceId,
    to: 'price_' as PriceId,
    /** Set anew before each test; until then there is none. */
    me: {} as Subscriber,
    history,
  }
  beforeEach(async () => {
    scene.from = await sell(interval, 1900 * times, 2800 * times)
    scene.me = await subscriber({ interval })
    await history.arrive()
    scene.to = await sell(interval, 2400 * times, 3600 * times)
  })
  const inDays = async (days: number) => new Date((await scene.history.now()) + days * DAY_MS)
  const route = () => routeOf(scene.from, scene.to)
  return Object.assign(scene, {
    inDays,
    /** Moves everyone, as the command does. */
    run: async ({ days = 40, yes = true, kill = false } = {}) => {
      const report = await migrate(OPERATOR, await route(), { day: await inDays(days), yes })
      if (yes && !kill) await finishMoves(scene, () => {})
      return report
    },
    undo: async () => {
      const undone = await askUndo(OPERATOR, scene, new Date(await scene.history.now()))
      await finishMoves(scene, () => {})
      return undone
    },
    states: async () => {
      const mine = eq(priceMoves.customerId, scene.me.customerId)
      const rows = await db().select().from(priceMoves).where(mine)
      return rows.map(({ state, reason }) => (reason ? `${state}: ${reason}` : state))
    },
    trail: async () =>
      (await listAudit(scene.me.customerId))
        .map(({ action }) => action)
        .filter((action) => action.startsWith('price_move'))
        .toSorted(),
    /** What each invoice was paid with, the newest first. */
    charged: async (id = scene.me.subscriptionId) =>
      (await stripeClient().invoices.list({ subscription: id })).data.map(
        ({ amount_paid }) => amount_paid,
      ),
    subjects: async () => (await emailsTo(scene.me)).map(({ subject }) => subject),
    schedule: async () =>
      (await retrieveMovable(parseSubscriptionId(scene.me.subscriptionId))).schedule,
  })
}

/** What the plan is sold for from now on; the price before keeps its subscribers. */
async function sell(interval: 'month' | 'year', dollars: number, yen: number): Promise<PriceId> {
  const current = await stripeClient().prices.retrieve(await priceForTier(SMALL, interval))
  const made = await stripeClient().prices.create({
    product: String(current.product),
    currency: 'usd',
    unit_amount: dollars,
    currency_options: { jpy: { unit_amount: yen } },
    recurring: { interval },
    lookup_key: PLANS[SMALL].lookupKeys[interval],
    transfer_lookup_key: true,
    metadata: { app: BRAND.stripe.app, tier: SMALL },
  })
  return parsePriceId(made.id)
}
