import { script } from '@/scripts/stack/paths'
import { run } from '@/scripts/stack/run'

/** The medians of `npm run bench:sandbox`: the renewal of all subscriptions at once, and the sandbox's own start. */
export async function measureSandbox(rounds: number): Promise<Record<string, number>> {
  const { ok, output } = await run(
    script('sandbox/bench/bench.ts', '--json', '--runs', `${rounds}`),
  )
  if (!ok) throw new Error(`The sandbox could not be measured:\n${output}`)
  return JSON.parse(output.split('\n').at(-1) ?? '{}').medians
}
