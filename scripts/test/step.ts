import { type Child, startChild } from '@/scripts/stack/children'
import { ROOT } from '@/scripts/stack/paths'
import { collect } from '@/scripts/stack/run'
import { type Counts, countTests, forget } from './counts'

export type Step = {
  name: string
  command: readonly [string, ...string[]]
  /** Variables of this step alone. */
  env?: Readonly<Record<string, string>>
  /** Where it writes how many passed and failed; without one it counts as one test of its own. */
  report?: string
}

export type Ended = { name: string; ok: boolean; seconds: number; counts: Counts; output: string }

/** Starts a step on our own terminal, or with its output kept until it is printed. */
export function beginStep(step: Step, shown: boolean): { child: Child; ended: Promise<Ended> } {
  if (step.report) forget(step.report)
  const env = { ...process.env, ...step.env, NEXT_TELEMETRY_DISABLED: '1' }
  const output = shown ? 'inherit' : 'pipe'
  const child = startChild({ command: step.command, cwd: ROOT, env, output })
  return { child, ended: endOf(step, child, shown ? Promise.resolve('') : collect(child)) }
}

async function endOf(step: Step, child: Child, output: Promise<string>): Promise<Ended> {
  const began = performance.now()
  const { code } = await child.exited
  const counted = step.report ? countTests(step.report) : { passed: code === 0 ? 1 : 0, failed: 0 }
  const failed = code === 0 ? counted.failed : Math.max(1, counted.failed)
  return {
    name: step.name,
    ok: code === 0,
    seconds: (performance.now() - began) / 1_000,
    counts: { passed: counted.passed, failed },
    output: await output,
  }
}
