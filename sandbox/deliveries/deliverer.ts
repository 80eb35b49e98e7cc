import { chaosOf } from '@/sandbox/chaos/chaos'
import type { Deliverer } from '@/sandbox/parts'
import type { Sandbox } from '@/sandbox/sandbox'
import type { Delivery } from '@/sandbox/store/records'
import { attempt } from './attempt'
import { choose } from './choose'
import { deliveriesOf } from './deliveries-of'
import { record } from './record'

/** Sends what is due, a few at a time and in no promised order, as Stripe does. */

// setTimeout overflows above 2^31 ms; waking early does no harm.
const LONGEST_WAIT_MS = 3_600_000

/** Starts sending for a sandbox. `sandbox` is asked for late, because the two know each other. */
export function startDeliverer(sandbox: () => Sandbox): Deliverer {
  // So that finding what is due does not mean reading all that ever was sent.
  const open = new Set<string>()
  const sending = new Set<string>()
  const waiting = new Set<() => void>()
  let timer: NodeJS.Timeout | undefined
  let held = false
  let stopped = false

  const send = async (delivery: Delivery) => {
    sending.add(delivery.id)
    const { event, endpoint } = delivery
    const first = delivery.attempts.length + 1
    const numbers = chaosOf(sandbox().store).duplicate ? [first, first + 1] : [first]
    const logs = await Promise.all(
      numbers.map((number) => attempt(sandbox(), event, endpoint, number)),
    )
    sending.delete(delivery.id)
    if (stopped) return
    for (const log of logs) record(sandbox(), delivery.id, log)
    // Behind what was not tried yet: a search for that does not pass all that waits.
    open.delete(delivery.id)
    if (sandbox().store.find('delivery', delivery.id)?.nextAt) open.add(delivery.id)
    wake(0)
    for (const check of [...waiting]) check()
  }
  const pump = () => {
    if (held || stopped) return
    const { send: due, wait } = choose(sandbox(), open, sending)
    for (const delivery of due) void send(delivery)
    if (wait < Number.POSITIVE_INFINITY) wake(wait)
  }
  const wake = (wait: number) => {
    clearTimeout(timer)
    timer = setTimeout(pump, Math.min(wait, LONGEST_WAIT_MS))
  }
  const isTried = (event: string) =>
    deliveriesOf(sandbox().store, event).every(
      ({ state, attempts }) => state !== 'pending' || attempts.length > 0,
    )
  return {
    add(ids) {
      for (const id of ids) open.add(id)
      // While they are held back there is nothing to wake for.
      if (!held) wake(0)
    },
    pause: () => {
      held = true
    },
    resume() {
      held = false
      wake(0)
    },
    paused: () => held,
    tried: (event, deadline) =>
      new Promise((resolve) => {
        const end = () => {
          clearTimeout(limit)
          waiting.delete(check)
          resolve()
        }
        const check = () => {
          if (isTried(event)) end()
        }
        const limit = setTimeout(end, Math.max(0, deadline - sandbox().clock.real()))
        waiting.add(check)
        check()
      }),
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}
