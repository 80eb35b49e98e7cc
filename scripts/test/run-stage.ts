import type { Child } from '@/scripts/stack/children'
import type { Counts } from './counts'
import { beginStep, type Ended, type Step } from './step'

/** Steps one after the other; the lanes of a stage run side by side. */
export type Lane = readonly Step[]

/**
 * Runs the lanes of a stage side by side: the first on our own terminal, what the others write is said
 * whole when it has ended. At the first failure, or when we are asked to end, everything is stopped.
 * @returns how many tests passed and failed; what was stopped on the way counts for nothing
 */
export async function runStage([shown = [], ...beside]: readonly Lane[]): Promise<Counts> {
  const running = new Set<Child>()
  const failures: Ended[] = []
  const stop = () => void Promise.all([...running].map((child) => child.stop()))
  for (const signal of SIGNALS) process.on(signal, stop)

  const runLane = async (lane: Lane, isShown: boolean): Promise<Ended[]> => {
    const done: Ended[] = []
    for (const step of lane) {
      if (isShown) console.log(`\n── ${step.name}`)
      const { child, ended } = beginStep(step, isShown)
      running.add(child)
      const end = await ended
      running.delete(child)
      // Another failed first: this one was stopped, and says nothing of itself.
      if (failures.length > 0) return done
      done.push(end)
      if (isShown) console.log(verdict(end))
      if (end.ok) continue
      failures.push(end)
      stop()
      break
    }
    return done
  }

  const others = beside.map((lane) => runLane(lane, false))
  const done = await runLane(shown, true)
  for (const other of others) {
    for (const end of await other) {
      console.log(`\n── ${end.name}\n${end.output}\n${verdict(end)}`)
      done.push(end)
    }
  }
  for (const signal of SIGNALS) process.off(signal, stop)
  return {
    passed: done.reduce((sum, { counts }) => sum + counts.passed, 0),
    failed: done.reduce((sum, { counts }) => sum + counts.failed, 0),
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

function verdict({ name, ok, seconds }: Ended): string {
  return `${ok ? '✓' : '✗'} ${name}: ${seconds.toFixed(1)} s`
}
