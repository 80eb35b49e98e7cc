import { measureAccess } from './access'
import { measureColdStart } from './cold-start'
import { measureMemory } from './memory'
import type { Options } from './options'
import { measurePages } from './pages'
import { measureReader } from './reader'
import { measureSandbox } from './sandbox'
import type { Scene } from './scene'
import { measureFloor, measureWebhook } from './webhook'

export type Measured = Awaited<ReturnType<typeof measureAll>>

/** Every section, or the one that was asked for; null for what was not measured. */
export async function measureAll(scene: Scene, { rounds, only, memory }: Options) {
  const wanted = (section: Options['only']) => !only || only === section
  const webhook = wanted('webhook') ? await measureWebhook(scene, rounds) : null
  const floorMs = webhook?.cpu_ms.floor ?? (await measureFloor(scene))
  return {
    webhook,
    reader: wanted('reader') ? await measureReader(scene) : null,
    pages: wanted('pages') ? await measurePages(scene, floorMs, rounds) : null,
    access: wanted('access') ? await measureAccess(scene, rounds) : null,
    cold_start: wanted('cold_start') ? await measureColdStart(scene, rounds) : null,
    sandbox: wanted('sandbox') ? await measureSandbox(rounds) : null,
    memory: memory ? await measureMemory(scene) : null,
  }
}
