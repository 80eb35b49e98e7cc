import { oneOf } from './read'

const RECURRENCES = ['day', 'week', 'month', 'year'] as const

export type Recurrence = (typeof RECURRENCES)[number] | 'unknown'

/** Stripe's `recurring.interval`. */
export function parseRecurrence(value: string): Recurrence {
  return oneOf(RECURRENCES, value)
}
