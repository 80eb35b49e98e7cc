import { type Change, type Journal, openJournal } from './journal'
import type { Kind, Records } from './records'

/** All state, in memory, in the order in which it was created. Only a transaction writes to it. */
export interface Store {
  find<K extends Kind>(kind: K, id: string): Records[K] | undefined
  all<K extends Kind>(kind: K): IterableIterator<Records[K]>
  put<K extends Kind>(kind: K, record: Records[K]): void
  remove(kind: Kind, id: string): void
  /** Writes the named records, as they are now, to disk as one unit. */
  save(keys: Iterable<[Kind, string]>): void
  empty(): void
  close(): void
}

// A month of ordinary development stays below this; rewriting it takes well under a second.
const COMPACT_ABOVE_BYTES = 32 * 1024 * 1024

/** Opens the state kept in `dir`, or an empty one that lives in memory when `dir` is null. */
export function openStore(dir: string | null): Store {
  const tables = new Map<Kind, Map<string, unknown>>()
  const table = (kind: Kind) => {
    const known = tables.get(kind)
    if (known) return known
    const fresh = new Map<string, unknown>()
    tables.set(kind, fresh)
    return fresh
  }
  const journal = dir === null ? null : openJournal(dir, (changes) => replay(changes, table))
  let compactAt = COMPACT_ABOVE_BYTES
  return {
    find: <K extends Kind>(kind: K, id: string) => table(kind).get(id) as Records[K] | undefined,
    all: <K extends Kind>(kind: K) => table(kind).values() as IterableIterator<Records[K]>,
    put: (kind, record) => table(kind).set(record.id, record),
    remove: (kind, id) => table(kind).delete(id),
    save(keys) {
      if (!journal) return
      journal.append(Array.from(keys, ([kind, id]) => [kind, id, table(kind).get(id) ?? null]))
      if (journal.size() > compactAt) compactAt = compact(journal, tables)
    },
    empty() {
      tables.clear()
      journal?.compact([])
    },
    close: () => journal?.close(),
  }
}

function replay(changes: Change[], table: (kind: Kind) => Map<string, unknown>) {
  for (const [kind, id, record] of changes) {
    if (record === null) table(kind as Kind).delete(id)
    else table(kind as Kind).set(id, record)
  }
}

/** Returns the size at which to do it again: twice what is left, so that the cost stays linear. */
function compact(journal: Journal, tables: Map<Kind, Map<string, unknown>>): number {
  const everything: Change[] = []
  for (const [kind, rows] of tables) {
    for (const [id, record] of rows) everything.push([kind, id, record])
  }
  journal.compact(everything)
  return Math.max(COMPACT_ABOVE_BYTES, journal.size() * 2)
}
