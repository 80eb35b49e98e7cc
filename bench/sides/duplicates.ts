import { newAgent, postAll } from '@/bench/load/post-all'
import type { Scene } from '@/bench/scene'
import { NOTHING_FOLLOWS, type Side } from '@/bench/side'
import { WEBHOOK } from './webhook-path'

/** Ours, sent the events that it has a second time. */
export function duplicates({ ours, crowd, bodyOf, secret }: Scene): Side {
  const bodies = async () => {
    const fresh = crowd.held.map(bodyOf)
    const agent = newAgent()
    await postAll(ours.url + WEBHOOK, fresh, secret, agent)
    agent.destroy()
    return fresh
  }
  return { server: ours, path: WEBHOOK, bodies, finish: NOTHING_FOLLOWS }
}
