import type { Scheduler } from '@/sandbox/parts'
import { changeAt, type Sandbox } from '@/sandbox/sandbox'
import { type Agenda, openAgenda } from './due/agenda'
import { nextStep } from './test-clock/due'

/** Makes what is due happen, in order, each at its own instant. */

// Looked at again after this long, because setTimeout cannot wait for a month.
const LONGEST_WAIT_MS = 3_600_000

/** Starts the scheduler of a sandbox. `sandbox` is asked for late, because the two know each other. */
export function startScheduler(sandbox: () => Sandbox): Scheduler {
  let kept: Agenda | null = null
  let timer: NodeJS.Timeout | undefined
  let settling = false

  const agenda = () => {
    kept ??= openAgenda(sandbox().store, sandbox().settings)
    return kept
  }
  const upcoming = () => agenda().next(null)
  const run = () => {
    const step = () => nextStep(sandbox().store, agenda())
    for (let due = step(); due; due = step()) changeAt(sandbox(), due.at, null, due.run)
    for (let due = upcoming(); due && due.at <= sandbox().clock.now(); due = upcoming()) {
      changeAt(sandbox(), due.at, null, due.run)
    }
  }
  const settle = () => {
    if (settling) return
    settling = true
    try {
      sandbox().store.together(run)
    } finally {
      settling = false
    }
  }
  const arm = (wait: number) => {
    clearTimeout(timer)
    timer = setTimeout(tick, Math.min(wait, LONGEST_WAIT_MS))
  }
  const tick = () => {
    settle()
    const due = upcoming()
    arm(due ? Math.max(0, due.at - sandbox().clock.now()) * 1000 : LONGEST_WAIT_MS)
  }
  return {
    touch(keys) {
      if (keys) kept?.note(keys)
      else kept = null
      if (!settling) arm(0)
    },
    settle,
    stop: () => clearTimeout(timer),
  }
}
