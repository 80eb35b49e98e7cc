import { measureAccess } from './access'
import { measureColdStart } from './cold-start'
import { measureMemory } from './memory'
import type { Options, Section } from './options'
import { measurePages } from './pages'
import { measureReader } from './reader'
import { measureSandbox } from './sandbox'
import type { Scene } from './scene'
import { measureWebhook } from './webhook'

export type Measured = Awaited<ReturnType<typeof measureAll>>

/** Every section, or the one that was asked for; null for what was not measured. */
export async function measureAll(scene: Scene, { rounds, only }: Pick<Options, 'rounds' | 'only'>) {
  const wanted = (section: Section) => !only || only === section
  return {
    webhook: wanted('webhook') ? await measureWebhook(scene, rounds) : null,
    reader: wanted('reader') ? await measureReader(scene, rounds) : null,
    pages: wanted('pages') ? await measurePages(scene, rounds) : null,
    access: wanted('access') ? await measureAccess(scene, rounds) : null,
    cold_start: wanted('cold_start') ? await measureColdStart(scene, rounds) : null,
    memory: wanted('memory') ? await measureMemory(scene) : null,
    sandbox: wanted('sandbox') ? await measureSandbox(scene, rounds) : null,
  }
}
