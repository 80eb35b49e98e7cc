import type Stripe from 'stripe'
import { type Change, openJournal } from './journal'
import { type Looked, type LookedBy, openLookups } from './lookups'
import { jsonOf, PackedEvent } from './packed-event'
import type { Kind, Records } from './records'

/** All state, in memory, in the order in which it was created. Only a transaction writes to it. */
export interface Store {
  find<K extends Kind>(kind: K, id: string): Records[K] | undefined
  all<K extends Kind>(kind: K): IterableIterator<Records[K]>
  /** Those whose `field` is `value`, in order of creation. */
  by<K extends Looked>(kind: K, field: LookedBy<K>, value: string): Records[K][]
  put<K extends Kind>(kind: K, record: Records[K]): void
  remove(kind: Kind, id: string): void
  /** Writes the named records, as they are now, to disk as one unit. */
  save(records: Iterable<Saved>): void
  /**
   * Runs `work`, and writes what all its transactions save in few units, each as it is by then. No
   * request is answered meanwhile.
   */
  together<T>(work: () => T): T
  empty(): void
  close(): void
}

/** A record to be written; `before` is null when there was none. */
export interface Saved {
  kind: Kind
  id: string
  before: unknown
}

// What may be stale before the journal is rewritten; that takes well under a second.
const COMPACT_ABOVE_BYTES = 32 * 1024 * 1024
// About half a megabyte of text: more of it in one string costs more to write, and waits in memory.
const HELD_RECORDS = 250

/** Opens the state kept in `dir`, or an empty one that lives in memory when `dir` is null. */
export function openStore(dir: string | null): Store {
  const tables = new Map<Kind, Map<string, unknown>>()
  const lookups = openLookups()
  const table = (kind: Kind) => {
    const known = tables.get(kind)
    if (known) return known
    const fresh = new Map<string, unknown>()
    tables.set(kind, fresh)
    return fresh
  }
  const put = (kind: Kind, record: { id: string }) => {
    const rows = table(kind)
    if (lookups.knows(kind) && !rows.has(record.id)) lookups.add(kind, record)
    rows.set(record.id, kind === 'event' ? new PackedEvent(record as Stripe.Event) : record)
  }
  let replayed = 0
  const replay = (changes: Change[]) => {
    replayed += changes.length
    for (const [kind, id, record, same] of changes) {
      if (same !== undefined) shareObject(record, changes[same])
      // What was written was a record of that kind.
      if (record === null) table(kind as Kind).delete(id)
      else put(kind as Kind, record as { id: string })
    }
  }
  const find = <K extends Kind>(kind: K, id: string) =>
    opened(table(kind).get(id)) as Records[K] | undefined
  const journal = dir === null ? null : openJournal(dir, replay)
  // What of the journal says nothing any more, in bytes: what was written of records that have changed since.
  let stale = journal ? journal.size() * (1 - live(tables) / Math.max(1, replayed)) : 0
  let held: Map<string, Saved> | null = null
  const write = (records: Iterable<Saved>) => {
    if (!journal) return
    const texts: string[] = []
    // Half of what is written would be the same invoice, once more for each event about it.
    const written = new Map<object, number>()
    for (const { kind, id, before } of records) {
      const record = table(kind).get(id)
      const same = record instanceof PackedEvent ? written.get(record.about()) : undefined
      const text = textOf(kind, id, record, same)
      if (record instanceof PackedEvent && same === undefined)
        written.set(record.about(), texts.length)
      texts.push(text)
      if (before !== null) stale += text.length
    }
    journal.append(texts)
    // As much again as is left, so that the cost stays linear.
    if (stale < Math.max(COMPACT_ABOVE_BYTES, journal.size() / 2)) return
    journal.compact(everything(tables))
    stale = 0
  }
  const flush = () => {
    if (!held || held.size === 0) return
    const records = [...held.values()]
    held.clear()
    write(records)
  }
  return {
    find,
    all: <K extends Kind>(kind: K) =>
      (kind === 'event' ? unpacked(table(kind)) : table(kind).values()) as IterableIterator<
        Records[K]
      >,
    by: (kind, field, value) =>
      Array.from(lookups.ids(kind, field, value)).flatMap((id) => find(kind, id) ?? []),
    put,
    remove: (kind, id) => table(kind).delete(id),
    save(records) {
      if (!journal) return
      if (!held) return write(records)
      for (const record of records) {
        const key = `${record.kind}:${record.id}`
        if (!held.has(key)) held.set(key, record)
      }
      if (held.size >= HELD_RECORDS) flush()
    },
    together(work) {
      // Within another one it is a part of that.
      if (!journal || held) return work()
      held = new Map()
      try {
        return work()
      } finally {
        flush()
        held = null
      }
    },
    empty() {
      tables.clear()
      held?.clear()
      lookups.empty()
      journal?.compact([])
      stale = 0
    },
    close: () => journal?.close(),
  }
}

function opened(record: unknown): unknown {
  return record instanceof PackedEvent ? record.unpack() : record
}

function* unpacked(rows: Map<string, unknown>) {
  for (const row of rows.values()) yield opened(row)
}

/** `same` is the place of the change that holds the same object. */
function textOf(kind: Kind, id: string, record: unknown, same?: number): string {
  const text =
    record instanceof PackedEvent
      ? record.text(same !== undefined)
      : typeof record === 'object' && record !== null
        ? jsonOf(record)
        : 'null'
  return `["${kind}",${JSON.stringify(id)},${text}${same === undefined ? '' : `,${same}`}]`
}

/** Gives an event that was written without its object that of another one. */
function shareObject(record: unknown, other: Change | undefined) {
  // Only events are written so, after the one whose object is theirs.
  const [event, first] = [record, other?.[2]] as Stripe.Event[]
  if (event && first) event.data.object = first.data.object
}

function live(tables: Map<Kind, Map<string, unknown>>): number {
  return [...tables.values()].reduce((sum, { size }) => sum + size, 0)
}

function* everything(tables: Map<Kind, Map<string, unknown>>) {
  for (const [kind, rows] of tables) {
    for (const [id, record] of rows) yield textOf(kind, id, record)
  }
}
