import { NotFound } from '@/lib/errors'
import { Notice } from '@/lib/events/notification'
import { audienceOf, NOTICE } from '@/lib/events/notifications'
import type { Side } from './fault-plan'
import type { EffectRow } from './memory-tables'
import type { World } from './world'

/** Of a process, which may die at any of them. */
type Caller = { call<T>(side: Side, act: () => T): Promise<T> }

// As many as lib/outbox/deliver-notification.ts takes at a time.
const LIMIT = 20

/** A sweep of the outbox, step by step as lib/outbox/deliver-notification.ts does it: what is due becomes letters. */
export async function writeLetters(process: Caller, world: World): Promise<void> {
  const { ledger } = world
  const due = await process.call('postgres', () => ledger.claimEffects(NOTICE, LIMIT))
  await Promise.all(due.map((effect) => write(process, world, effect)))
}

async function write(process: Caller, world: World, effect: EffectRow): Promise<void> {
  const { ledger, tally, guards } = world
  if (effect.attempts > 1) tally.add('unwritten')
  const { key } = effect
  try {
    const letters = (await isMoot(process, world, Notice.parse({ ...effect.payload, key })))
      ? []
      : [{ key: `mail:${key}:0`, kind: 'mail', payload: { notice: key } }]
    if (guards.letterWithDone) {
      return await process.call('postgres', () => ledger.writeLetters(key, letters))
    }
    await process.call('postgres', () => ledger.closeEffect(key))
    for (const letter of letters) await process.call('postgres', () => ledger.putLetter(letter))
  } catch (error) {
    await process.call('postgres', () => ledger.failEffect(key, String(error)))
  }
}

// Nobody is written to about a payment that has arrived, or whom we do not know.
async function isMoot(process: Caller, world: World, notice: Notice): Promise<boolean> {
  if (audienceOf(notice.kind) === 'operator') return false
  const { tables } = world.ledger
  const customer = tables.customer(notice.customerId ?? '')
  if (!customer?.userId) return true
  const isOpen = await process.call('stripe', () => {
    const truth = world.truths.get(customer.id)
    if (!truth) throw new NotFound('Stripe does not have that object.')
    return truth.open.has(notice.objectId)
  })
  if (!isOpen) world.tally.add('paidMeanwhile')
  return !isOpen
}
