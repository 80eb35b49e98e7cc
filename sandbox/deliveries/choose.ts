import { chaosOf } from '@/sandbox/chaos/chaos'
import type { Clock } from '@/sandbox/clock'
import type { Sandbox } from '@/sandbox/sandbox'
import type { Delivery } from '@/sandbox/store/records'
import { GATHER_MS } from './gather'

// Enough for a burst to overlap, and few enough not to drown a development server.
const AT_ONCE = 8

interface Choice {
  send: Delivery[]
  /** Real milliseconds until another is due; infinite when none is. */
  wait: number
}

/** Which of the open deliveries go now. Those that are closed are taken out of `open`. */
export function choose(sandbox: Sandbox, open: Set<string>, sending: Set<string>): Choice {
  const { store, clock } = sandbox
  const { reorder } = chaosOf(store)
  const room = (reorder ? 1 : AT_ONCE) - sending.size
  const send: Delivery[] = []
  const early: Delivery[] = []
  let wait = Number.POSITIVE_INFINITY
  for (const id of open) {
    const delivery = store.find('delivery', id)
    if (!delivery || delivery.nextAt === null) open.delete(id)
    if (!delivery || delivery.nextAt === null || sending.has(id)) continue
    const ms = untilDue(delivery, clock)
    if (ms > 0) {
      wait = Math.min(wait, ms)
      if (ms <= GATHER_MS && delivery.attempts.length === 0) early.push(delivery)
    } else if (reorder || send.length < room) send.push(delivery)
    else break
  }
  if (!reorder || send.length === 0) return { send, wait }
  return { send: [...send, ...early].sort(newestFirst(open)).slice(0, Math.max(0, room)), wait }
}

/** Real milliseconds until a delivery may be tried; zero or less when it may. */
function untilDue({ nextAt, notBefore }: Delivery, clock: Clock): number {
  const real = (nextAt ?? 0) - clock.real()
  return notBefore === undefined ? real : Math.max(real, (notBefore - clock.now()) * 1000)
}

function newestFirst(open: Set<string>) {
  const place = new Map([...open].map((id, index) => [id, index]))
  return (a: Delivery, b: Delivery) => (place.get(b.id) ?? 0) - (place.get(a.id) ?? 0)
}
