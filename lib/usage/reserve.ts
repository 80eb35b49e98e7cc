import { Invalid } from '@/lib/errors'
import type { WorkspaceId } from '@/lib/ids'
import { count, type UsageState } from './count'

/** What `commit` and `refund` take: who has it may commit or refund it. */
export type Reservation = {
  workspaceId: WorkspaceId
  key: string
  /** Tells this reservation from an earlier one under the same key, which has expired or was given back. */
  attempt: number
}

export type Reserved = UsageState &
  (
    | {
        /** `already_reserved`: a retry, which shares the reservation of the first try. */
        outcome: 'allowed' | 'already_reserved'
        reservation: Reservation
        /** Until when its units are kept; then they go back by themselves. */
        expiresAt: Date
      }
    | {
        /** `already_counted`: its work was done and committed before. */
        outcome: 'limit_reached' | 'already_counted'
        reservation: null
        expiresAt: null
      }
  )

// Longer than a function of Vercel may run, so that work which is still under way keeps its units.
const HOLD_SECONDS = 15 * 60

// A day: what takes longer is better consumed when it is done.
const LONGEST_HOLD_SECONDS = 86_400

/**
 * Keeps units free for work that can fail; then `commit` counts them, or `refund` gives them back. Counts
 * against the limit at once, exactly as `consume` does, and once for each key. Who dies in between
 * loses nothing: after `holdSeconds` the units go back by themselves.
 * @throws {Invalid} the key, the quantity or the time is not one
 * @throws {Conflict} the key names another use, with another quantity
 */
export async function reserve(
  workspaceId: WorkspaceId,
  quantity: number,
  key: string,
  { holdSeconds = HOLD_SECONDS }: { holdSeconds?: number } = {},
): Promise<Reserved> {
  if (!Number.isInteger(holdSeconds) || holdSeconds < 1 || holdSeconds > LONGEST_HOLD_SECONDS)
    throw new Invalid({ internal: 'A reservation lasts for a second to a day.' })
  const { outcome, state, attempt, expiresAt } = await count({
    workspaceId,
    quantity,
    key,
    holdSeconds,
  })
  if (outcome === 'limit_reached' || outcome === 'already_counted')
    return { ...state, outcome, reservation: null, expiresAt: null }
  if (attempt === null || expiresAt === null) throw new Error('A reservation came without its end.')
  return { ...state, outcome, reservation: { workspaceId, key, attempt }, expiresAt }
}
