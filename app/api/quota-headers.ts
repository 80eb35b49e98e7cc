import type { Quota } from '@/lib/api-keys/count-request'

/**
 * A quota as the fields of draft-ietf-httpapi-ratelimit-headers-11 say it: a policy by its name, with its
 * quota `q` in a window of `w` seconds; and what remains of it, `r`, until it is whole again in `t` seconds.
 */
export function quotaHeaders({ limit, windowSeconds, remaining, resetSeconds }: Quota) {
  return {
    'ratelimit-policy': `"${POLICY}";q=${limit};w=${windowSeconds}`,
    ratelimit: `"${POLICY}";r=${Math.max(0, remaining)};t=${resetSeconds}`,
  }
}

const POLICY = 'api-key'
