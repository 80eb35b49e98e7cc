/**
 * The eight ways billing can refuse. Verbs throw them; `app/action.ts` and the
 * route handlers are the only places that turn them into something a person or
 * a machine can act on. Every message may be shown to the person who asked.
 */
export type BillingErrorCode =
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'invalid'
  | 'rate_limited'
  | 'payment_required'
  | 'unavailable'

export abstract class BillingError extends Error {
  abstract readonly code: BillingErrorCode
  // For logs, and written out in each: a production build shortens the names of classes.
  abstract override readonly name: string
}

/** Nobody is signed in. */
export class Unauthenticated extends BillingError {
  override readonly name = 'Unauthenticated'
  readonly code = 'unauthenticated'
}

/** Somebody is signed in, and may not do this. */
export class Forbidden extends BillingError {
  override readonly name = 'Forbidden'
  readonly code = 'forbidden'
}

/** The thing does not exist, or is not theirs: the two are never told apart. */
export class NotFound extends BillingError {
  override readonly name = 'NotFound'
  readonly code = 'not_found'
}

/** It was there once: the person is told what became of it, and not that there never was one. */
export class Gone extends NotFound {
  constructor(
    message: string,
    readonly what: 'customer_deleted' | 'customer_missing',
  ) {
    super(message)
  }
}

/** The thing is not in the state that the request assumes. */
export class Conflict extends BillingError {
  override readonly name = 'Conflict'
  readonly code = 'conflict'
}

/** The input does not parse. `fields` names what is wrong, by form field. */
export class Invalid extends BillingError {
  override readonly name = 'Invalid'
  readonly code = 'invalid'
  constructor(
    message: string,
    readonly fields: Record<string, string> = {},
  ) {
    super(message)
  }
}

/** Too many requests; `retryAfterSeconds` says when to come back. */
export class RateLimited extends BillingError {
  override readonly name = 'RateLimited'
  readonly code = 'rate_limited'
  constructor(
    message: string,
    readonly retryAfterSeconds: number,
  ) {
    super(message)
  }
}

/** The bank said no. The message is Stripe's own, written for the card holder. */
export class PaymentRequired extends BillingError {
  override readonly name = 'PaymentRequired'
  readonly code = 'payment_required'
}

/** Stripe or a store cannot answer now; nothing was lost, and trying again is right. */
export class Unavailable extends BillingError {
  override readonly name = 'Unavailable'
  readonly code = 'unavailable'
}

/**
 * Whether an error came from a query, whatever the database had against it. What passes by itself is
 * Unavailable already; the rest (no such table, no right to write) takes an operator.
 */
export function isDatabaseError(error: unknown): boolean {
  // Drizzle's own error has the query, and the driver's the severity that Postgres gave it.
  return error instanceof Error && ('query' in error || 'severity_local' in error)
}
