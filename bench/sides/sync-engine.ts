import { NOTHING_FOLLOWS, type Scene, type Side } from '@/bench/scene'

/** `@supabase/stripe-sync-engine`: writes the payload's subscription and its items. */
export function syncEngine({ syncEngine: server, crowd, bodyOf }: Scene): Side | null {
  const bodies = () => crowd.single.map(bodyOf)
  return server && { server, path: '/webhook', bodies, finish: NOTHING_FOLLOWS }
}
