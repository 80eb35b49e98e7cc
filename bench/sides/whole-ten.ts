import type { Scene } from '@/bench/scene'
import type { Side } from '@/bench/side'
import { untilClean } from './until-clean'
import { WEBHOOK } from './webhook-path'

/** Ours, the whole path with ten events a customer, one after the other, as a purchase makes them. */
export function wholeTen(scene: Scene): Side {
  const { ours, crowd, bodyOf, change } = scene
  const bodies = async () => {
    await change(crowd.busy)
    return crowd.busy.flatMap((subject) => Array.from(TEN, () => bodyOf(subject)))
  }
  return { server: ours, path: WEBHOOK, bodies, finish: () => untilClean(scene, crowd.busy) }
}

const TEN = { length: 10 }
