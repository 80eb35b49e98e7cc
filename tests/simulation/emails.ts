import { NotFound } from '@/lib/errors'
import { Notification } from '@/lib/events/notification'
import { audienceOf, NOTIFICATION } from '@/lib/events/notifications'
import type { Side } from './fault-plan'
import type { OutboxRow } from './memory-tables'
import type { World } from './world'

/** Of a process, which may die at any of them. */
type Caller = { call<T>(side: Side, act: () => T): Promise<T> }

// As many as lib/outbox/deliver-notification.ts takes at a time.
const LIMIT = 20

/** A drain of the outbox, step by step as lib/outbox/deliver-notification.ts does it: what is due becomes emails. */
export async function writeEmails(process: Caller, world: World): Promise<void> {
  const { ledger } = world
  const due = await process.call('postgres', () => ledger.claimEntries(NOTIFICATION, LIMIT))
  await Promise.all(due.map((entry) => write(process, world, entry)))
}

async function write(process: Caller, world: World, entry: OutboxRow): Promise<void> {
  const { ledger, tally, guards } = world
  if (entry.attempts > 1) tally.add('unwritten')
  const { key } = entry
  try {
    const emails = (await isMoot(process, world, Notification.parse({ ...entry.payload, key })))
      ? []
      : [{ key: `mail:${key}:0`, kind: 'mail', payload: { notification: key } }]
    if (guards.emailWithDone) {
      return await process.call('postgres', () => ledger.writeEmails(key, emails))
    }
    await process.call('postgres', () => ledger.closeEntry(key))
    for (const email of emails) await process.call('postgres', () => ledger.putEmail(email))
  } catch (error) {
    await process.call('postgres', () => ledger.failEntry(key, String(error)))
  }
}

// No email is written about a payment that has arrived, or to a customer whom we do not know.
async function isMoot(process: Caller, world: World, notification: Notification): Promise<boolean> {
  if (audienceOf(notification.kind) === 'operator') return false
  const { tables } = world.ledger
  const customer = tables.customer(notification.customerId ?? '')
  if (!customer?.workspaceId) return true
  const isOpen = await process.call('stripe', () => {
    const stripeModel = world.stripeModels.get(customer.id)
    if (!stripeModel) throw new NotFound('not_at_stripe')
    return stripeModel.open.has(notification.objectId)
  })
  if (!isOpen) world.tally.add('paidMeanwhile')
  return !isOpen
}
