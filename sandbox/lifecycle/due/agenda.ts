import { testClockOf } from '@/sandbox/lifecycle/test-clock/clock-of'
import type { Settings } from '@/sandbox/settings'
import type { Kind } from '@/sandbox/store/records'
import type { Store } from '@/sandbox/store/store'
import type { Due } from './due'
import { dueOf, TIMED, type Timed } from './due-of'
import { type Heap, openHeap } from './heap'

/** What is going to happen by itself, kept in order, so that finding the next does not mean reading everything. */
export interface Agenda {
  /** These records may have changed. */
  note(keys: Iterable<readonly [Kind, string]>): void
  /** The earliest of what lives by this test clock (null: by the sandbox's own), or null. */
  next(clock: string | null): Due | null
}

interface Entry {
  at: number
  kind: Timed
  id: string
  clock: string | null
  /** Of two at the same instant, the one that was made first. */
  nth: number
}

/** The agenda of everything that is in the store. */
export function openAgenda(store: Store, settings: Settings): Agenda {
  const entries = new Map<string, Entry>()
  const numbers = new Map<string, number>()
  const heaps = new Map<string | null, Heap<Entry>>()
  const heapOf = (clock: string | null) => {
    const known = heaps.get(clock)
    if (known) return known
    const fresh = openHeap(comesBefore)
    heaps.set(clock, fresh)
    return fresh
  }
  const look = (kind: Timed, id: string) => {
    const key = `${kind}:${id}`
    const nth = numbers.get(key) ?? numbers.size
    numbers.set(key, nth)
    const record = store.find(kind, id)
    const due = dueOf(store, settings, kind, id)
    if (!record || !due) return entries.delete(key)
    const entry = { at: due.at, kind, id, clock: testClockOf(store, record), nth }
    const known = entries.get(key)
    if (known?.at === entry.at && known.clock === entry.clock) return
    entries.set(key, entry)
    heapOf(entry.clock).push(entry)
  }
  for (const kind of TIMED) for (const { id } of store.all(kind)) look(kind, id)
  return {
    note(keys) {
      for (const [kind, id] of keys) if (isTimed(kind)) look(kind, id)
    },
    next(clock) {
      const heap = heapOf(clock)
      for (let first = heap.peek(); first; first = heap.peek()) {
        const { kind, id } = first
        // What has changed since has an entry of its own.
        const holds = entries.get(`${kind}:${id}`) === first
        const due = holds ? dueOf(store, settings, kind, id) : null
        if (due?.at === first.at) return due
        heap.pop()
        // It came later without being changed itself, as a trial does when its end was announced.
        if (holds) look(kind, id)
      }
      return null
    },
  }
}

function comesBefore(a: Entry, b: Entry): boolean {
  if (a.at !== b.at) return a.at < b.at
  return a.kind === b.kind ? a.nth < b.nth : TIMED.indexOf(a.kind) < TIMED.indexOf(b.kind)
}

const NAMES = new Set<Kind>(TIMED)

function isTimed(kind: Kind): kind is Timed {
  return NAMES.has(kind)
}
