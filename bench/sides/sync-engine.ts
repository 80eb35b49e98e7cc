import type { Scene } from '@/bench/scene'
import { NOTHING_FOLLOWS, type Side } from '@/bench/side'

/** `@supabase/stripe-sync-engine`: writes the payload's subscription and its items. */
export function syncEngine({ syncEngine: server, crowd, bodyOf }: Scene): Side | null {
  const bodies = () => crowd.single.map(bodyOf)
  return server && { server, path: '/webhook', bodies, finish: NOTHING_FOLLOWS }
}
