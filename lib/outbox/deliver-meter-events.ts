import { z } from 'zod'
import { db, inTransaction } from '@/db/client'
import { lapse } from '@/db/queries/lapsed-uses'
import { gatherUses, METER_EVENT, noteSending, sumAcknowledged } from '@/db/queries/meter-events'
import { claimEntries, markDelivered, markEntryFailed, type OutboxRow } from '@/db/queries/outbox'
import type { Clock } from '@/lib/clock'
import { type CustomerId, isCustomerId } from '@/lib/ids'
import { failureText, log } from '@/lib/log'
import { createMeterEvent, readMetered } from '@/lib/stripe/meter-events'

// How many uses are gathered at a time: a minute of a busy customer is one event, and their uses are many.
const GATHERED = 1000

/**
 * Sends what is due to Stripe's meters, and answers how many events went. Safe to run twice at once.
 * @param clock Stripe's: by it Stripe forgets what it was sent
 */
export async function deliverMeterEvents(clock: Clock, limit = 50): Promise<number> {
  await gatherUses(GATHERED)
  const due = await claimEntries(METER_EVENT, limit)
  const done = await Promise.all(due.map((entry) => deliver(entry, clock)))
  return done.filter(Boolean).length
}

const MeterEvent = z.object({
  eventName: z.string(),
  customerId: z.custom<CustomerId>(isCustomerId),
  value: z.int(),
  identifier: z.string(),
  at: z.coerce.date(),
  minute: z.string(),
  /** When it was sent first, unless Stripe has said since that it did not arrive. */
  firstSentAt: z.coerce.date().optional(),
})
type MeterEvent = z.infer<typeof MeterEvent>

async function deliver(entry: OutboxRow, clock: Clock): Promise<boolean> {
  const { key, payload } = entry
  try {
    if (!(await send(entry, MeterEvent.parse(payload), await clock.now()))) return false
    await markDelivered(db(), key)
    return true
  } catch (error) {
    if (error instanceof TooOld) return giveUp(entry, error)
    await markEntryFailed(key, failureText(error))
    log.error({ entry: key, error: failureText(error) }, 'use not metered; it is tried again')
    return false
  }
}

// Dealt with, as far as that goes: it is tried no more, and an operator reads of it in the console.
async function giveUp(entry: OutboxRow, { message }: TooOld): Promise<boolean> {
  const gone = await inTransaction((tx) => lapse(tx, entry, message))
  if (gone) log.error({ entry: entry.key, error: message }, 'use not metered; it is too old')
  return gone
}

class TooOld extends Error {
  override readonly name = 'TooOld'
}

const HOUR = 3_600_000

// Stripe knows an identifier again for "at least 24 hours". Four of them are for a process that stops in between, and
// for Stripe to sum up what it took last: its sums follow minutes behind.
const SENT_AGAIN_FOR = 20 * HOUR
const ASKED_AFTER = 24 * HOUR

// Stripe takes an event for 35 days; one of them is for what is on its way.
const TAKEN_FOR = 34 * 24 * HOUR

// True once Stripe has it; false when another process sees to it.
async function send(entry: OutboxRow, event: MeterEvent, now: Date): Promise<boolean> {
  const sentFor = event.firstSentAt ? now.getTime() - event.firstSentAt.getTime() : null
  const isForgotten = sentFor !== null && sentFor >= SENT_AGAIN_FOR
  if (isForgotten && sentFor < ASKED_AFTER)
    throw new Error('Sent 20 hours ago without an answer. A day after that, Stripe is asked.')
  if (isForgotten && (await hasArrived(event))) return true
  if (now.getTime() - event.at.getTime() > TAKEN_FOR) throw new TooOld(tooOld(event))
  const since = isForgotten ? now : (event.firstSentAt ?? now)
  if (!(await noteSending(entry, since))) return false
  await createMeterEvent(event)
  return true
}

/**
 * Whether Stripe took an event whose answer was lost, by what it has of that minute: all that it
 * acknowledged, and this or not.
 */
async function hasArrived(event: MeterEvent): Promise<boolean> {
  const { eventName, customerId, minute, value } = event
  const without = await sumAcknowledged(event)
  const sum = await readMetered({ eventName, customerId, from: new Date(minute) })
  if (sum === without) return false
  if (sum === without + value) return true
  throw new Error(
    `Not sent again: of ${customerId}'s ${eventName} in the minute ${minute} Stripe has ${sum}, which is neither ${without}, without this event of ${value}, nor ${without + value}, with it. Something else reports to this meter. Make it ${without + value} at Stripe, and this closes; make it ${without}, and it is sent.`,
  )
}

function tooOld({ customerId, eventName, value, minute }: MeterEvent): string {
  return `Not sent: Stripe takes no use that is older than 35 days, and does not have this one: ${value} of ${customerId}'s ${eventName}, ${minute}. Bill it by hand, or let it be.`
}
