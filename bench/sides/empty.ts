import type { Scene } from '@/bench/scene'
import { NOTHING_FOLLOWS, type Side } from '@/bench/side'

/** A handler that answers, and reads nothing: what Next costs. */
export function empty({ plain, crowd, bodyOf }: Scene): Side {
  const bodies = () => crowd.single.map(bodyOf)
  return { server: plain, path: '/empty', bodies, finish: NOTHING_FOLLOWS }
}
