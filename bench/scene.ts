import type postgres from 'postgres'
import type { Served } from './apps/serve-app'
import type { Subject } from './load/event-body'

/** All that is up while the webhook's sides are measured. */
export type Scene = {
  plain: Served
  ours: Served
  /** With what these two can be started once more. */
  envOf: { plain: NodeJS.ProcessEnv; ours: NodeJS.ProcessEnv }
  /** Null where it could not be installed; then there is no figure. */
  betterAuth: Served | null
  syncEngine: Served | null
  /** Our own database. */
  sql: postgres.Sql
  secret: string
  cronSecret: string
  /** A new event about a customer. */
  bodyOf(subject: Subject): string
  /** Something changes at Stripe for each of them, so that a read has something to find. */
  change(subjects: readonly Subject[]): Promise<void>
  /** A change at Stripe that the customer sees: the subscription is to end with its period, or is not any more. */
  cancel(subject: Subject): Promise<void>
  crowd: {
    /** Customers with a subscription at Stripe: one event each in a round. */
    single: readonly (Subject & { session: string })[]
    /** The same, each with ten events in a round. */
    busy: readonly Subject[]
    /** Customers whose lease another process holds: their events are only stored. */
    held: readonly Subject[]
  }
}
