/** What stays the same while the sandbox runs. */
export interface Settings {
  /** Where it is reached, without a trailing slash. */
  url: string
  /** The secret of every webhook endpoint made here; null lets each have its own. */
  webhookSecret: string | null
  /** Waits between delivery attempts, in milliseconds. */
  retryDelays: readonly number[]
}

/** The API version whose shapes the sandbox speaks, which is that of the pinned SDK. */
export const API_VERSION = '2026-10-28.endive'

/** Shown on the hosted pages and on invoices. */
export const BUSINESS_NAME = process.env.SANDBOX_BUSINESS_NAME || 'Ledgerline'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Stripe publishes only "up to three days, with exponential backoff"; the steps are ours. */
export const RETRY_DELAYS: readonly number[] = [
  10_000,
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  ...Array.from({ length: 5 }, () => 12 * HOUR),
]
