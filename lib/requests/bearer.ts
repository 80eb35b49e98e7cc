import { createHash, timingSafeEqual } from 'node:crypto'

/**
 * Whether a request carries this secret. Without a configured secret nothing ever matches,
 * so that `Bearer undefined` opens nothing.
 */
export function isBearer(authorization: string | null, secret: string | null): boolean {
  if (!secret || !authorization) return false
  return timingSafeEqual(digest(authorization), digest(`Bearer ${secret}`))
}

// Digests have one length, which is what a constant-time comparison needs.
function digest(value: string): Buffer {
  return createHash('sha256').update(value).digest()
}
