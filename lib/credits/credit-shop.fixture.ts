import { eq, sql } from 'drizzle-orm'
import { expect, vi } from 'vitest'
import { db, disconnect } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { findCustomerId } from '@/db/queries/customers'
import { usageCredits } from '@/db/schema/usage'
import { CREDIT_PACKS, type CreditPack } from '@/lib/catalog/credit-packs'
import { CARD, openShop, shopper } from '@/lib/checkout/shop.fixture'
import { type CheckoutSessionId, parseCheckoutSessionId, parseCustomerId } from '@/lib/ids'
import { deliverOutbox } from '@/lib/outbox/deliver'
import { backfillEvents } from '@/lib/reconcile/backfill'
import { budget } from '@/lib/reconcile/budget'
import { backfillPorts } from '@/lib/reconcile/production-ports'
import { UNPACED } from '@/lib/reconcile/subscribers.fixture'
import { stripeClient } from '@/lib/stripe/client'
import { drain } from '@/lib/sync/drain'
import { productionPorts } from '@/lib/sync/production-ports'
import { payCheckout } from '@/sandbox/lifecycle/checkout/pay'
import { startCredits } from './start'

export const DAY = 86_400

/** The pack that tests buy: whatever is sold. */
export function pack(): CreditPack {
  const [first] = CREDIT_PACKS
  if (!first) throw new Error('The catalog sells no credits.')
  return first
}

/** A sandbox that sells credits, and people who buy there. */
export async function creditShop() {
  const shop = await openShop()

  async function pass(days: number): Promise<void> {
    await fetch(new URL('/_sandbox/clock', shop.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ advance: days * DAY }),
    })
  }

  /** Hears of what happened at Stripe, and does what is due: what the hourly look does, without its pace. */
  async function hear(): Promise<void> {
    await pass(0.1)
    const ports = productionPorts()
    await backfillEvents({ ...backfillPorts(), ...UNPACED }, budget(10_000))
    // As once the debounce window is over.
    await db().execute(sql`update sync_targets set next_run_at = clock_timestamp()
      where dirty_seq > synced_seq and next_run_at < clock_timestamp() + interval '3 seconds'`)
    await drain(ports, 'test', 10_000)
    await deliverOutbox(ports.clock)
  }

  async function buyer() {
    const me = await shopper()
    const customer = async () => parseCustomerId(await findCustomerId(me.workspaceId))
    const grants = () =>
      db()
        .select()
        .from(usageCredits)
        .where(eq(usageCredits.workspaceId, me.workspaceId))
        .orderBy(usageCredits.grantedAt)
    return {
      ...me,
      customer,
      grants,

      /** The session of the page that opens. */
      async open(): Promise<CheckoutSessionId> {
        await startCredits(me.actor, pack())
        const { data } = await stripeClient().checkout.sessions.list({
          customer: await customer(),
          status: 'open',
        })
        return parseCheckoutSessionId(data[0]?.id)
      },

      /** Opens the page and pays on it; the session's id. */
      async buy(card = CARD): Promise<CheckoutSessionId> {
        const id = await this.open()
        await payCheckout(shop.sandbox, id, card)
        return id
      },

      /** A charge that was looked at a moment ago is not looked at again at once: until what it says is there. */
      async heard(grant: Partial<typeof usageCredits.$inferSelect>): Promise<void> {
        const look = async () => {
          await hear()
          expect(await grants()).toMatchObject([grant])
        }
        await vi.waitFor(look, { timeout: 20_000 })
      },

      /** What the trail says of credits, or of one kind of it. */
      async trail(only = 'credits.') {
        const rows = await listAudit(await customer())
        return rows
          .map(({ action, actor, after }) => ({ action, actor, after }))
          .filter(({ action }) => action.startsWith(only))
      },
    }
  }

  return {
    ...{ shop, pass, hear, buyer },
    async stop(): Promise<void> {
      await disconnect()
      await shop.stop()
    },
  }
}

/** Sends the money of a session back, or a part; the refund's id. */
export async function refundSession(id: string, amount?: number): Promise<string> {
  const { payment_intent } = await stripeClient().checkout.sessions.retrieve(id)
  const refund = await stripeClient().refunds.create({
    payment_intent: String(payment_intent),
    ...(amount ? { amount } : {}),
  })
  return refund.id
}
