import { script } from '@/scripts/stack/paths'
import { run } from '@/scripts/stack/run'
import { floorTurn } from './measure/floor-turn'
import { median, rounded } from './measure/quantile'
import type { Scene } from './scene'

export type SandboxFigures = {
  renewal_cpu_ratio_to_floor: number
  /** Those of `npm run bench:sandbox`. */
  [figure: string]: number
}

// As many as `npm run bench:sandbox` renews.
const SUBSCRIBERS = 1_000

/**
 * The sandbox by itself: the renewal of a thousand subscriptions at once, as a multiple of what the floor takes
 * for one event, and its own start. `npm run bench:sandbox` measures the same without all that is around it here.
 */
export async function measureSandbox(scene: Scene, rounds: number): Promise<SandboxFigures> {
  const all: SandboxFigures[] = []
  for (let round = 1; round <= rounds; round += 1) {
    console.log(`sandbox: round ${round} of ${rounds}`)
    const floor = await floorTurn(scene, 1)
    const once = await measureOnce()
    const renewal = (once.renew_cpu_ms ?? 0) / SUBSCRIBERS
    all.push({ renewal_cpu_ratio_to_floor: rounded(renewal / floor.cpu), ...once })
  }
  const names = Object.keys(all[0] ?? {})
  const medians = names.map((name) => [name, median(all.map((each) => each[name] ?? 0))])
  // Safe: there is an entry for each name.
  return Object.fromEntries(medians) as SandboxFigures
}

async function measureOnce(): Promise<Record<string, number>> {
  const given = ['--json', '--runs', '1', '--subscribers', `${SUBSCRIBERS}`]
  const { ok, output } = await run(script('sandbox/bench/bench.ts', ...given))
  if (!ok) throw new Error(`The sandbox could not be measured:\n${output}`)
  return JSON.parse(output.split('\n').at(-1) ?? '{}').medians
}
