import type { Recipe } from './build-app'

/** The application without a library: an empty handler and the floor. */
export const PLAIN: Recipe = { name: 'plain', packages: [] }

// In the versions that were current when the figures in docs/benchmarks.md were taken.
export const BETTER_AUTH: Recipe = {
  name: 'better-auth',
  packages: [
    ...['better-auth@1.7.6', '@better-auth/stripe@1.7.6', '@better-auth/core@1.7.6'],
    ...['better-call@1.4.0', 'pg@8', 'stripe@22'],
  ],
}

export const SYNC_ENGINE: Recipe = {
  name: 'sync-engine',
  packages: ['@supabase/stripe-sync-engine@0.48.5', 'stripe@22'],
}
