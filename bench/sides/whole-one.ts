import type { Scene } from '@/bench/scene'
import type { Side } from '@/bench/side'
import { untilClean } from './until-clean'
import { WEBHOOK } from './webhook-path'

/** Ours, the whole path: one event a customer, so that each is read at Stripe and committed. */
export function wholeOne(scene: Scene): Side {
  const { ours, crowd, bodyOf, change } = scene
  const bodies = async () => {
    await change(crowd.single)
    return crowd.single.map(bodyOf)
  }
  return { server: ours, path: WEBHOOK, bodies, finish: () => untilClean(scene, crowd.single) }
}
