import type { Scene } from '@/bench/scene'
import { NOTHING_FOLLOWS, type Side } from '@/bench/side'
import { WEBHOOK } from './webhook-path'

/** Ours, acknowledged only: stored, the customer marked, and another process holds the lease. */
export function ack({ ours, crowd, bodyOf }: Scene): Side {
  const bodies = () => crowd.held.map(bodyOf)
  return { server: ours, path: WEBHOOK, bodies, finish: NOTHING_FOLLOWS }
}
