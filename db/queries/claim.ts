import { type JsonRow, rowFromJson } from '@/db/queries/json-rows'
import { customers, entitlementOverrides, entitlements, subscriptions } from '@/db/schema/billing'
import type { EventId } from '@/lib/ids'

export type CustomerRow = typeof customers.$inferSelect
export type SubscriptionRow = typeof subscriptions.$inferSelect
export type EntitlementRow = typeof entitlements.$inferSelect
export type OverrideRow = typeof entitlementOverrides.$inferSelect

/** An event that waits for its target's next read. */
export type PendingEvent = {
  id: EventId
  type: string
  objectId: string | null
  /** What distinguishes two facts of one object: an invoice's attempt, or the day on which a trial is to end. */
  attempt: number | null
  /** How often its fact could not be written. */
  tries: number
  /** The body as it was signed, of an event that says what a subscription is worth or what became of its invoice. */
  payload?: string | null
}

/** The right to read one target now, and all that applying the read needs, as of the claim. */
export type Claim = {
  key: string
  /** Only the newest fence may write. */
  fence: number
  /** What the read will have seen: taken before it begins, so that later arrivals leave the target dirty. */
  seq: number
  /** How long to wait for the debounce window before reading; 0 means now. */
  waitMs: number
  attempts: number
  customer: CustomerRow | null
  /** It was deleted, and its workspace has another since: it says nothing about its workspace any more. */
  superseded: boolean
  subscriptions: SubscriptionRow[]
  entitlement: EntitlementRow | null
  overrides: OverrideRow[]
  events: PendingEvent[]
}

type RawClaim = Pick<
  Claim,
  'key' | 'fence' | 'seq' | 'waitMs' | 'attempts' | 'events' | 'superseded'
> & {
  customer: JsonRow | null
  subscriptions: JsonRow[]
  entitlement: JsonRow | null
  overrides: JsonRow[]
}

/** Types what the SQL function `claim_of` builds. */
export function claimFromJson(json: unknown): Claim {
  // Safe: the shape is claim_of's, which stands in the migration beside this schema.
  const raw = json as RawClaim
  return {
    ...raw,
    customer: raw.customer && rowFromJson(customers, raw.customer),
    subscriptions: raw.subscriptions.map((row) => rowFromJson(subscriptions, row)),
    entitlement: raw.entitlement && rowFromJson(entitlements, raw.entitlement),
    overrides: raw.overrides.map((row) => rowFromJson(entitlementOverrides, row)),
  }
}
