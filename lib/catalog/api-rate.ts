import { PLANS, type Tier } from './plans'

// For a plan that has no API: its workspace may have been given access by hand. A program that asks each
// second is served.
const DEFAULT = 60

/** How many requests in a minute one API key of a plan's workspace may make. */
export function apiRateOf(tier: Tier): number {
  return PLANS[tier].apiRequestsPerMinute ?? DEFAULT
}
