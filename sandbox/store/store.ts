import type Stripe from 'stripe'
import { type Change, type Journal, openJournal } from './journal'
import { type Looked, type LookedBy, openLookups } from './lookups'
import { PackedEvent } from './packed-event'
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
  save(keys: Iterable<readonly [Kind, string]>): void
  empty(): void
  close(): void
}

// A month of ordinary development stays below this; rewriting it takes well under a second.
const COMPACT_ABOVE_BYTES = 32 * 1024 * 1024

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
    if (!rows.has(record.id)) lookups.add(kind, record)
    rows.set(record.id, kind === 'event' ? new PackedEvent(record as Stripe.Event) : record)
  }
  const replay = (changes: Change[]) => {
    for (const [kind, id, record] of changes) {
      // What was written was a record of that kind.
      if (record === null) table(kind as Kind).delete(id)
      else put(kind as Kind, record as { id: string })
    }
  }
  const find = <K extends Kind>(kind: K, id: string) =>
    opened(table(kind).get(id)) as Records[K] | undefined
  const journal = dir === null ? null : openJournal(dir, replay)
  let compactAt = COMPACT_ABOVE_BYTES
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
    save(keys) {
      if (!journal) return
      journal.append(Array.from(keys, ([kind, id]) => textOf(kind, id, table(kind).get(id))))
      if (journal.size() > compactAt) compactAt = compact(journal, tables)
    },
    empty() {
      tables.clear()
      lookups.empty()
      journal?.compact([])
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

function textOf(kind: Kind, id: string, record: unknown): string {
  const text = record instanceof PackedEvent ? record.text() : JSON.stringify(record ?? null)
  return `[${JSON.stringify(kind)},${JSON.stringify(id)},${text}]`
}

/** Returns the size at which to do it again: twice what is left, so that the cost stays linear. */
function compact(journal: Journal, tables: Map<Kind, Map<string, unknown>>): number {
  journal.compact(everything(tables))
  return Math.max(COMPACT_ABOVE_BYTES, journal.size() * 2)
}

function* everything(tables: Map<Kind, Map<string, unknown>>) {
  for (const [kind, rows] of tables) {
    for (const [id, record] of rows) yield textOf(kind, id, record)
  }
}
