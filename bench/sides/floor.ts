import type { Scene } from '@/bench/scene'
import { NOTHING_FOLLOWS, type Side } from '@/bench/side'

/** Verify with the SDK, write one row with one statement: everything is measured as a multiple of this. */
export function floor({ plain, crowd, bodyOf }: Scene): Side {
  const bodies = () => crowd.single.map(bodyOf)
  return { server: plain, path: '/floor', bodies, finish: NOTHING_FOLLOWS }
}
