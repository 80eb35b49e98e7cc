import { newAgent, postAll } from '@/bench/load/post-all'
import type { Scene } from '@/bench/scene'
import { cpuOf } from './process-cpu'

/** What the floor costs for one event: milliseconds of CPU, and until each answer. */
export type FloorTurn = { cpu: number; latencies: number[] }

/** The floor, when it is its turn in a round of other things: over as many connections as those. */
export async function floorTurn(scene: Scene, connections: number): Promise<FloorTurn> {
  const { plain, crowd, bodyOf, secret } = scene
  const agent = newAgent()
  const bodies = crowd.held.map(bodyOf)
  const before = cpuOf(plain.pid)
  const { latencies } = await postAll(`${plain.url}/floor`, bodies, secret, agent, connections)
  agent.destroy()
  return { latencies, cpu: (cpuOf(plain.pid) - before) / bodies.length }
}
