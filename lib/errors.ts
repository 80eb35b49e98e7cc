import type { AWAY } from './refusals/away'
import type { CARD } from './refusals/card'
import type { CONFLICTS } from './refusals/conflicts'
import type { INVALID } from './refusals/invalid'
import type { GONE, NOT_FOUND } from './refusals/not-found'
import type { PLAN } from './refusals/plan'
import { type Reason, SENTENCES } from './refusals/sentences'
import type { FORBIDDEN, SIGNED_OUT } from './refusals/sign-in'
import type { TOO_MANY } from './refusals/too-many'

/**
 * The eight ways billing can refuse. Verbs throw them; `app/action.ts` and the
 * route handlers are the only places that turn them into something a person or
 * a machine can act on.
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

/**
 * Why something is refused: a reason, whose sentence (`lib/refusals/`) is what the page says, or words for
 * a log, a command or a program, which no page shows.
 */
export type Why<Of extends Reason> = Of | { internal: string }

export abstract class BillingError<Of extends Reason = Reason> extends Error {
  abstract readonly code: BillingErrorCode
  // For logs, and written out in each: a production build shortens the names of classes.
  abstract override readonly name: string
  /** Null for what was not meant for a person. */
  readonly reason: Of | null

  constructor(why: Why<Of>, options?: ErrorOptions) {
    super(typeof why === 'string' ? SENTENCES[why].title : why.internal, options)
    this.reason = typeof why === 'string' ? why : null
  }
}

/** The visitor is not signed in. */
export class Unauthenticated extends BillingError<keyof typeof SIGNED_OUT> {
  override readonly name = 'Unauthenticated'
  readonly code = 'unauthenticated'
}

/** The user is known, and may not do this; `needs` is what would allow it, where a plan would. */
export class Forbidden extends BillingError<keyof typeof FORBIDDEN> {
  override readonly name = 'Forbidden'
  readonly code = 'forbidden'
  constructor(
    why: Why<keyof typeof FORBIDDEN>,
    readonly needs: Needed | null = null,
  ) {
    super(why)
  }
}

/** The thing does not exist, or is another user's: the two are never distinguished. */
export class NotFound extends BillingError<keyof typeof NOT_FOUND> {
  override readonly name = 'NotFound'
  readonly code = 'not_found'
}

/** It was there once: the page says what became of it, and not that there never was one. */
export class Gone extends NotFound {
  constructor(reason: keyof typeof GONE) {
    super(reason)
  }
}

/** The thing is not in the state that the request assumes. */
export class Conflict extends BillingError<keyof typeof CONFLICTS> {
  override readonly name = 'Conflict'
  readonly code = 'conflict'
}

/** The input does not parse. `fields` names what is wrong, by form field. */
export class Invalid extends BillingError<keyof typeof INVALID> {
  override readonly name = 'Invalid'
  readonly code = 'invalid'
  constructor(
    why: Why<keyof typeof INVALID>,
    readonly fields: Record<string, string> = {},
  ) {
    super(why)
  }
}

/** Too many requests; `retryAfterSeconds` says when to come back. */
export class RateLimited extends BillingError<keyof typeof TOO_MANY> {
  override readonly name = 'RateLimited'
  readonly code = 'rate_limited'
  constructor(
    why: Why<keyof typeof TOO_MANY>,
    readonly retryAfterSeconds: number,
  ) {
    super(why)
  }
}

/** Why a bank says no. */
export type CardReason = keyof typeof CARD

/** The bank said no. Stripe's own sentence is its cause. */
export class PaymentRequired extends BillingError<CardReason> {
  override readonly name = 'PaymentRequired'
  readonly code = 'payment_required'
}

/** What is asked for is sold, and not in the plan: which feature, and the least plan that has it. */
export type Needed = { feature: string; plan: string; planName: string }

/** The plan does not have what was asked for. */
export class PlanRequired extends BillingError<keyof typeof PLAN> {
  override readonly name = 'PlanRequired'
  readonly code = 'payment_required'
  constructor(
    why: Why<keyof typeof PLAN>,
    readonly needs: Needed,
  ) {
    super(why)
  }
}

/** Stripe or a store cannot answer now; nothing was lost, and trying again is right. */
export class Unavailable extends BillingError<keyof typeof AWAY> {
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
