/**
 * Where "now" comes from. Business time (periods, grace, `valid_until`) may follow a
 * sandbox's clock; signatures, leases, backoff and rate limits always use real time.
 */
export type Clock = { now(): Date }

export const realClock: Clock = { now: () => new Date() }

/** Stripe's timestamps are Unix seconds. */
export function fromUnix(seconds: number): Date {
  return new Date(seconds * 1000)
}
