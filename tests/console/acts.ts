import { eq } from 'drizzle-orm'
import type { Done } from '@/app/console/done'
import { db } from '@/db/client'
import { findHead } from '@/db/queries/console-customer'
import { LAPSED_USE } from '@/db/queries/lapsed-uses'
import { users } from '@/db/schema/auth'
import { outbox } from '@/db/schema/events'
import { revenueLeftOut } from '@/db/schema/revenue'
import { operatorActor } from '@/lib/audit/actor'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { realClock } from '@/lib/clock'
import { arrived } from '@/lib/console/arrived.fixture'
import { buyer } from '@/lib/console/buyer.fixture'
import { readCustomerFile } from '@/lib/console/customer'
import { grantAccess } from '@/lib/console/decide-access'
import { readLapsedUses } from '@/lib/console/lapsed-uses'
import { readLeftOut } from '@/lib/console/left-out'
import { readOperators } from '@/lib/console/operator-role'
import { readStuck } from '@/lib/console/stuck'
import { signedIn, signedInOperator } from '@/lib/operators/viewers.fixture'
import { deliverNotifications } from '@/lib/outbox/deliver-notification'
import { consume } from '@/lib/usage/consume'

type Fields = Record<string, string>

/** A form of the console: what it can be filled with, as its page would have it now. */
export type Act = {
  path: string
  name: string
  /** What the page says when it was done. */
  done: Done
  /** What the trail says that was asked for. */
  action: string
  fields(): Promise<Fields>
}

const REASON = { reason: 'They wrote to us' }
// Years: Stripe's clock here is ahead of the world's.
const UNTIL = new Date(Date.now() + 3_650 * 86_400_000).toISOString().slice(0, 10)
const CUSTOMER = 'customers/[workspaceId]/actions.ts'

type Buyer = Awaited<ReturnType<typeof buyer>>

/** A form on the page of someone who has bought. */
function onCustomer(more: (one: Buyer) => Promise<Fields> | Fields = () => ({})) {
  return async () => {
    const one = await buyer()
    const own = await more(one)
    return {
      ...REASON,
      workspace: one.workspaceId,
      seen: `${await findHead(one.customerId)}`,
      ...own,
    }
  }
}

/** Each act of the console. */
export const ACTS: readonly Act[] = [
  {
    ...{ path: CUSTOMER, name: 'syncCustomerNow', done: 'synced', action: 'console.sync' },
    fields: onCustomer(),
  },
  {
    ...{ path: CUSTOMER, name: 'grant', done: 'granted', action: 'console.grant' },
    fields: onCustomer(() => ({ what: 'feature:api_access', until: UNTIL })),
  },
  {
    ...{ path: CUSTOMER, name: 'withhold', done: 'withheld', action: 'console.withhold' },
    fields: onCustomer(() => ({ what: 'plan', until: UNTIL })),
  },
  {
    ...{ path: CUSTOMER, name: 'revokeDecision', done: 'revoked', action: 'console.revoke' },
    fields: onCustomer(async ({ about }) => {
      const { userId } = await signedInOperator()
      const gift = { kind: 'plan' as const, tier: SMALL }
      await grantAccess(operatorActor(userId), {
        ...(await about()),
        gift,
        until: new Date(`${UNTIL}T00:00:00Z`),
      })
      return { what: 'plan' }
    }),
  },
  {
    ...{ path: CUSTOMER, name: 'cancelPlanNow', done: 'ended', action: 'console.cancel' },
    fields: onCustomer(() => ({ refund: 'yes' })),
  },
  {
    ...{ path: CUSTOMER, name: 'mergeSubscription', done: 'merged', action: 'console.merge' },
    fields: onCustomer(async ({ subscribe }) => ({
      subscription: await subscribe('year'),
      refund: 'yes',
    })),
  },
  {
    ...{ path: CUSTOMER, name: 'resend', done: 'resent', action: 'console.resend' },
    fields: onCustomer(async ({ workspaceId }) => ({ mail: await writtenTo(workspaceId) })),
  },
  {
    ...{
      path: 'events/[id]/actions.ts',
      name: 'replay',
      done: 'replayed',
      action: 'console.replay',
    },
    fields: async () => {
      const { customerId } = await buyer()
      const event = await arrived(customerId, { state: 'done' })
      return { ...REASON, event, seen: `${await findHead(customerId)}` }
    },
  },
  {
    ...{
      path: 'stuck/actions.ts',
      name: 'replayAll',
      done: 'replayed_group',
      action: 'console.replay',
    },
    fields: async () => {
      const lastError = `Stripe refused: ${crypto.randomUUID().replace(/[\d-]/g, '')}.`
      await arrived((await buyer()).customerId, { state: 'dead', lastError })
      const { groups, seen } = await readStuck()
      const { kind = '', signature = '' } = groups.find(({ title }) => title === lastError) ?? {}
      return { ...REASON, kind, signature, seen: `${seen}` }
    },
  },
  {
    ...{
      path: 'stuck/actions.ts',
      name: 'closeUncounted',
      done: 'closed_left_out',
      action: 'console.close_left_out',
    },
    fields: async () => {
      const { customerId } = await buyer()
      const [entry] = await db()
        .insert(revenueLeftOut)
        .values({ customerId, error: '55P03: canceling statement due to lock timeout', news: {} })
        .returning({ id: revenueLeftOut.id })
      const { seen } = await readLeftOut()
      return { ...REASON, customer: customerId, entry: `${entry?.id}`, seen: `${seen}` }
    },
  },
  {
    ...{
      path: 'stuck/actions.ts',
      name: 'replayAllUnread',
      done: 'replayed_group',
      action: 'console.replay',
    },
    fields: async () => {
      const { customerId } = await buyer()
      const source = await arrived(customerId, { state: 'done' })
      await db().insert(revenueLeftOut).values({ customerId, source, error: 'its body is no JSON' })
      return { ...REASON, seen: `${(await readLeftOut()).seen}` }
    },
  },
  {
    ...{
      path: 'outbox/actions.ts',
      name: 'closeLapsed',
      done: 'closed_uses',
      action: 'console.close_uses',
    },
    fields: async () => {
      const { customerId } = await buyer()
      const payload = { eventName: 'uses', value: 3, minute: '2026-01-01T00:00Z' }
      await db()
        .insert(outbox)
        .values({
          key: `meter_event:${customerId}`,
          kind: LAPSED_USE,
          targetKey: customerId,
          payload,
        })
      const { seen } = await readLapsedUses()
      return { ...REASON, customer: customerId, meter: 'uses', seen: `${seen}` }
    },
  },
  {
    ...{
      path: 'operators/actions.ts',
      name: 'appoint',
      done: 'appointed',
      action: 'console.appoint',
    },
    fields: async () => {
      const { userId } = await signedIn()
      await db().update(users).set({ emailVerified: new Date() }).where(eq(users.id, userId))
      return { ...REASON, email: `${userId}@example.test`, seen: `${(await readOperators()).seen}` }
    },
  },
  {
    ...{
      path: 'operators/actions.ts',
      name: 'revoke',
      done: 'revoked_role',
      action: 'console.revoke_role',
    },
    fields: async () => {
      const { userId } = await signedInOperator()
      return { ...REASON, user: userId, seen: `${(await readOperators()).seen}` }
    },
  },
]

/** An email that was written to them: that they have used all that their plan has. */
async function writtenTo(workspaceId: Buyer['workspaceId']): Promise<string> {
  const { billing } = (await readCustomerFile(workspaceId)) ?? unreachable()
  await consume(workspaceId, billing.usage.limit, 'all-of-it')
  await deliverNotifications(realClock, 50)
  const [mail] = (await readCustomerFile(workspaceId))?.mails ?? []
  return mail?.key ?? unreachable()
}

function unreachable(): never {
  throw new Error('They have no plan, or were not written to.')
}
