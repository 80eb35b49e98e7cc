import { z } from 'zod'
import { calendarDay, fromUnix } from '@/lib/clock'
import {
  type ChargeId,
  type CustomerId,
  type EventId,
  isChargeId,
  isCustomerId,
  isEventId,
} from '@/lib/ids'
import { parseStrictJson } from './strict-json'

/** What we keep of an event: enough to know where to look, and to name the facts it brings. */
export type VerifiedEvent = {
  id: EventId
  type: string
  created: Date
  livemode: boolean
  /** Set on events of a connected account, which are not ours. */
  account: string | null
  apiVersion: string | null
  objectType: string | null
  /** Null for objects without one, such as an upcoming invoice. */
  objectId: string | null
  customerId: CustomerId | null
  /** The charge that a dispute, a refund or a warning is about: these name no customer. */
  chargeId: ChargeId | null
  /**
   * Which attempt to collect an invoice this was; of a trial's reminder, the day of the end that it announces; of a
   * schedule, the day on which its last phase begins, where it has more than one.
   */
  attempt: number | null
  metadataApp: string | null
  metadataEnv: string | null
  /** The body as it was signed. */
  payload: string
}

/**
 * Reads the envelope of a snapshot event.
 * @throws {SyntaxError | z.ZodError} it is not one
 */
export function readEnvelope(payload: string): VerifiedEvent {
  const event = Envelope.parse(parseStrictJson(payload))
  const { object } = event.data
  return {
    id: event.id,
    type: event.type,
    created: fromUnix(event.created),
    livemode: event.livemode,
    account: event.account ?? null,
    apiVersion: event.api_version ?? null,
    objectType: text(object.object),
    objectId: text(object.id),
    customerId: customerOf(object) ?? customerBefore(event.data.previous_attributes),
    chargeId: chargeOf(object),
    attempt: event.type === TRIAL_ENDS ? trialEndOf(object) : attemptOf(object),
    metadataApp: metadataOf(object, 'app'),
    metadataEnv: metadataOf(object, 'env'),
    payload,
  }
}

type Fields = Record<string, unknown>

const fields = z.custom<Fields>((value) => isFields(value))
const WORD = /^[\x20-\x7e]{1,255}$/
const word = z.string().regex(WORD)

// The last second of the year 9999, and far beyond any that Stripe could mean.
const LAST_SECOND = 253_402_300_799

// Built once: made for each event anew, they cost more than both checks of its signature.
const Attempts = z.int().min(0).max(1_000_000)
const Instant = z.int().min(0).max(LAST_SECOND)

// Names that we do not know are Stripe's to add; the ones that we read must be right.
const Envelope = z.object({
  id: z.custom<EventId>(isEventId),
  object: z.literal('event'),
  type: z
    .string()
    .regex(/^[a-z0-9_]+(\.[a-z0-9_]+)*$/)
    .max(255),
  // The last second that a Date can hold, and far beyond any that Stripe could mean.
  created: z.int().min(0).max(8_640_000_000_000),
  livemode: z.boolean(),
  account: word.nullish(),
  api_version: word.nullish(),
  data: z.object({ object: fields, previous_attributes: z.unknown().optional() }),
})

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

// Postgres takes neither NUL nor half a surrogate pair; Stripe's own words are plain ASCII.
function text(value: unknown): string | null {
  return typeof value === 'string' && WORD.test(value) ? value : null
}

function customerOf(object: Fields): CustomerId | null {
  const customer = object.object === 'customer' ? object : own(object, 'customer')
  const id = isFields(customer) ? own(customer, 'id') : customer
  return isCustomerId(id) ? id : null
}

// A detached payment method has no customer; the previous one stands among what changed.
function customerBefore(previous: unknown): CustomerId | null {
  const id = own(previous, 'customer')
  return isCustomerId(id) ? id : null
}

// Invoices of older versions have a charge, too; those are about their customer.
const ABOUT_A_CHARGE = ['dispute', 'refund', 'radar.early_fraud_warning']

function chargeOf(object: Fields): ChargeId | null {
  const about = ABOUT_A_CHARGE.some((type) => type === object.object)
  const charge = object.object === 'charge' ? object : about ? own(object, 'charge') : null
  const id = isFields(charge) ? own(charge, 'id') : charge
  return isChargeId(id) ? id : null
}

function attemptOf(object: Fields): number | null {
  if (object.object === 'subscription_schedule') return lastPhaseOf(object)
  if (object.object !== 'invoice') return null
  const attempt = Attempts.safeParse(own(object, 'attempt_count'))
  return attempt.success ? attempt.data : null
}

// A plan that is to change has a phase that is yet to begin; with one phase nothing changes.
function lastPhaseOf(object: Fields): number | null {
  const phases = own(object, 'phases')
  const last: unknown = Array.isArray(phases) && phases.length > 1 ? phases.at(-1) : null
  return dayOf(own(last, 'start_date'))
}

const TRIAL_ENDS = 'customer.subscription.trial_will_end'

// A trial that is extended is announced again: only the announced end distinguishes the two events.
function trialEndOf(object: Fields): number | null {
  return dayOf(own(object, 'trial_end'))
}

function dayOf(value: unknown): number | null {
  const instant = Instant.safeParse(value)
  return instant.success ? calendarDay(fromUnix(instant.data)) : null
}

// An invoice carries the metadata of its subscription under its parent.
function metadataOf(object: Fields, name: 'app' | 'env'): string | null {
  const subscription = own(own(object, 'parent'), 'subscription_details')
  const value = own(own(object, 'metadata'), name) ?? own(own(subscription, 'metadata'), name)
  if (typeof value !== 'string') return null
  // Whatever it says, it is not our name; but it must not look like a missing one.
  return text(value) ?? 'unreadable'
}

function own(value: unknown, name: string): unknown {
  return isFields(value) && Object.hasOwn(value, name) ? value[name] : undefined
}
