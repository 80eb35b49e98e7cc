import type { Paced } from './pace'
import type { DriftPorts } from './ports'

export type Scanned = {
  /** Subscriptions of ours that Stripe showed and that were compared. */
  compared: number
  /** Customers whose records were wrong, which are marked and audited. */
  drifted: number
  /** Customers that differ because another process is reading them, or their webhook is on its way. */
  inFlight: number
  /** Subscriptions that we take for living and that Stripe does not show, not even to their customer. */
  missing: number
  /** Whether all were compared, from the newest to the oldest; if not, the next run goes on. */
  complete: boolean
}

/** One run of the drift scan. */
export type Scan = {
  ports: DriftPorts
  spent: () => boolean
  paced: Paced
  /** Counted up as the run goes on. */
  scanned: Scanned
}
