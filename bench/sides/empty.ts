import { NOTHING_FOLLOWS, type Scene, type Side } from '@/bench/scene'

/** A handler that answers, and reads nothing: what Next costs. */
export function empty({ plain, crowd, bodyOf }: Scene): Side {
  const bodies = () => crowd.single.map(bodyOf)
  return { server: plain, path: '/empty', bodies, finish: NOTHING_FOLLOWS }
}
