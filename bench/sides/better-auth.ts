import type { Scene } from '@/bench/scene'
import { NOTHING_FOLLOWS, type Side } from '@/bench/side'

/** `@better-auth/stripe`: looks a subscription up, and writes what the payload says. */
export function betterAuth({ betterAuth: server, crowd, bodyOf }: Scene): Side | null {
  const bodies = () => crowd.single.map(bodyOf)
  return server && { server, path: '/api/auth/stripe/webhook', bodies, finish: NOTHING_FOLLOWS }
}
