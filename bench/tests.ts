import { script } from '@/scripts/stack/paths'
import { run } from '@/scripts/stack/run'
import { rounded } from './measure/quantile'

export type TestsFigures = {
  /** A production build with nothing beside it. */
  build_s: number
  /** All of `npm test`. */
  tests_s: number
  ratio_to_build: number
  bound: number
  holds: boolean
}

/**
 * How long `npm test` takes, as a multiple of a production build of the same tree on the same machine, the mean of
 * one before it and one after it.
 * @throws with the end of the output, when one of them fails: then its time says nothing
 */
export async function measureTests(): Promise<TestsFigures> {
  const before = await build()
  const tests = await timed('the tests', script('scripts/test.ts'))
  const build_s = (before + (await build())) / 2
  const ratio = tests / build_s
  return {
    ...{ build_s: rounded(build_s), tests_s: rounded(tests), ratio_to_build: rounded(ratio) },
    ...{ bound: BOUND, holds: ratio <= BOUND },
  }
}

// Six minutes on a machine with two cores that builds in 26 seconds.
const BOUND = 14

function build(): Promise<number> {
  return timed('a build', script('scripts/build.ts', '--checked'))
}

async function timed(what: string, command: Parameters<typeof run>[0]): Promise<number> {
  console.log(`${what}…`)
  const { ok, output, seconds } = await run(command)
  if (!ok) throw new Error(`${what} failed:\n${output.slice(-2_000)}`)
  return seconds
}
