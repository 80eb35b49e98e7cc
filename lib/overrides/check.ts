import { Invalid } from '@/lib/errors'

/** @throws {Invalid} it is none: the audit trail has nothing to say then */
export function requireReason(reason: string): void {
  if (reason.trim().length < 3) throw new Invalid({ internal: 'Say why, in a few words.' })
}

/** @throws {Invalid} an end that would change nothing */
export function requireEnd(until: Date, after: Date): void {
  if (Number.isNaN(until.getTime())) throw new Invalid({ internal: 'That is no day.' })
  if (until <= after)
    throw new Invalid({ internal: `The end must be later than ${after.toISOString()}.` })
}

/** @throws {Invalid} it cannot be a number of uses */
export function requireAmount(amount: number): void {
  if (!Number.isInteger(amount) || amount < 0 || amount > MOST)
    throw new Invalid({ internal: `A limit is a whole number from 0 to ${MOST}.` })
}

// Postgres counts uses in integers; no plan comes near it.
const MOST = 1_000_000_000
