import { z } from 'zod'
import { db, inTransaction } from '@/db/client'
import { markDelivered, markEntryFailed, type OutboxRow } from '@/db/queries/outbox'
import {
  findPerson,
  findPersonalUser,
  isWaiting,
  lockPerson,
  type Person,
  updatePerson,
} from '@/db/queries/people'
import { isTaken } from '@/db/queries/unique-violation'
import { recordAudit } from '@/lib/audit/record'
import type { Followed } from '@/lib/catalog/follow-stripe'
import { env } from '@/lib/env'
import { Invalid, NotFound } from '@/lib/errors'
import { type CustomerId, type EventId, isCustomerId, isEventId } from '@/lib/ids'
import { failureText, log } from '@/lib/log'
import { retrieveDetails } from '@/lib/stripe/customers'
import { changedDetails, TO_STRIPE } from './details'

/** How addresses are spelled here. Passed in: `lib/auth` has it, and imports `lib/customers` itself. */
export type Spelling = (address: string) => string

/**
 * Takes over what a customer's address and name are at Stripe now, as far as the catalog says so, for
 * the user whose own workspace it is; no user signs in with a team's address. A change of ours that is
 * still on its way there is newer, and wins. Sessions go on: it is the same person, who must be able to
 * correct a slip; a new address counts as unproven until a link reached it.
 * @returns whether the change is dealt with
 */
export async function followStripe(
  entry: OutboxRow,
  followed: Followed,
  spell: Spelling,
): Promise<boolean> {
  try {
    return await follow(entry, followed, spell)
  } catch (error) {
    if (isTaken(error)) return refuse(entry, 'taken')
    if (error instanceof Invalid) return refuse(entry, 'not_an_address')
    // Failures name neither: the driver's own words and Stripe's about an id.
    await markEntryFailed(entry.key, failureText(error))
    log.error({ entry: entry.key, error: failureText(error) }, 'details at Stripe not followed')
    return false
  }
}

const Payload = z.object({
  customerId: z.custom<CustomerId>(isCustomerId),
  eventId: z.custom<EventId>(isEventId),
})

async function follow(entry: OutboxRow, followed: Followed, spell: Spelling): Promise<boolean> {
  const { customerId, eventId } = Payload.parse(entry.payload)
  // What Stripe shows now may be what ours is about to replace: it is looked at once that is there.
  if (await isWaiting(db(), TO_STRIPE, customerId)) return false
  const userId = await findPersonalUser(customerId)
  const before = userId && (await findPerson(userId))
  const shown = before && (await shownOf(customerId))
  if (!shown) return done(entry)
  const wanted: Partial<Person> = {
    ...(followed.email && shown.email ? { email: spell(shown.email) } : {}),
    ...(followed.name && shown.name ? { name: shown.name } : {}),
  }
  if (isOperators(wanted.email) && wanted.email !== before.email)
    return refuse(entry, 'an_operators')
  return inTransaction(async (tx) => {
    const now = await lockPerson(tx, userId)
    // Changed here since Stripe was asked, on its way there or not: it is looked at again.
    if (!now || changedDetails(now, before).length > 0) return false
    const fields = changedDetails(now, wanted)
    if (fields.length > 0) {
      const changed = Object.fromEntries(fields.map((field) => [field, wanted[field]]))
      await updatePerson(tx, userId, changed)
      await recordAudit(
        tx,
        { type: 'stripe', eventId },
        {
          scope: customerId,
          action: 'user.follow_customer',
          after: { userId, fields },
          eventIds: [eventId],
        },
      )
    }
    await markDelivered(tx, entry.key)
    return true
  })
}

// Who proves one of these becomes an operator: no change at Stripe brings it to an account.
function isOperators(email: string | undefined): boolean {
  return email !== undefined && env().adminEmails.includes(email.toLowerCase())
}

async function shownOf(id: CustomerId) {
  try {
    return await retrieveDetails(id)
  } catch (error) {
    if (error instanceof NotFound) return null
    throw error
  }
}

async function done({ key }: OutboxRow): Promise<boolean> {
  await inTransaction((tx) => markDelivered(tx, key))
  return true
}

async function refuse({ key, payload }: OutboxRow, reason: string): Promise<boolean> {
  const { customerId, eventId } = Payload.parse(payload)
  log.warn({ entry: key, reason }, 'an address at Stripe cannot be followed')
  return inTransaction(async (tx) => {
    await markDelivered(tx, key)
    const entry = { scope: customerId, action: 'user.refuse_details', after: { reason } } as const
    await recordAudit(tx, { type: 'stripe', eventId }, { ...entry, eventIds: [eventId] })
    return true
  })
}
