import type { ShownStatus } from '@/lib/status'

// Nothing is paid for that could be used up, and Stripe would go on asking for the money until the period ends.
const UNPAID: readonly ShownStatus[] = ['past_due', 'unpaid', 'paused', 'incomplete', 'processing']

/** Whether a plan that is canceled now ends at once, and not with its period. */
export function endsAtOnce(status: ShownStatus): boolean {
  return UNPAID.includes(status)
}
