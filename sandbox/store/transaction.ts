import { ApiError } from '@/sandbox/http/api-error'
import { copyOf } from '@/sandbox/objects/copy'
import type { Looked, LookedBy } from './lookups'
import { dropText } from './packed-event'
import type { Kind, Records } from './records'
import type { Store } from './store'

/** Why something happens: the API request it came by, or null for the hosted pages and the clock. */
export type Cause = { request: string; idempotencyKey: string | null } | null

/** A happening to emit, once the transaction it is part of has ended. */
export interface Happening {
  type: string
  kind: Kind
  id: string
}

/** One all-or-nothing change. Everything is synchronous, so that no other request sees it half done. */
export interface Tx {
  /** The business instant at which this happens, Unix seconds. */
  readonly now: number
  readonly cause: Cause
  /** Where the sandbox is reached, for the links in objects. */
  readonly url: string
  /** For reading. Change what `edit` returns, never this. */
  find<K extends Kind>(kind: K, id: string): Readonly<Records[K]> | undefined
  /** As `find`; throws Stripe's 404 when there is none. */
  get<K extends Kind>(kind: K, id: string): Readonly<Records[K]>
  /** In order of creation. */
  all<K extends Kind>(kind: K): Readonly<Records[K]>[]
  /** Those whose `field` is `value`, in order of creation. */
  by<K extends Looked>(kind: K, field: LookedBy<K>, value: string): Readonly<Records[K]>[]
  /** The first that was made and still is. */
  oldest<K extends Kind>(kind: K): Readonly<Records[K]> | undefined
  insert<K extends Kind>(kind: K, record: Records[K]): Records[K]
  /** The record itself, to be changed in place. */
  edit<K extends Kind>(kind: K, id: string): Records[K]
  remove(kind: Kind, id: string): void
  emit(type: string, kind: Kind, id: string): void
}

/** What a transaction did, for the writer of its events. */
export interface Outcome {
  happenings: Happening[]
  /** The record as it was before, null when it is new, undefined when untouched. */
  before(kind: Kind, id: string): unknown
  /** The record as it was when it was removed. */
  gone(kind: Kind, id: string): unknown
  /** What was inserted, edited or removed; complete once the transaction has ended. */
  touched(): Iterable<readonly [Kind, string]>
}

/** Runs `work`; keeps all of it, or nothing when it throws. `finish` runs last, inside. */
export function transact<T>(
  store: Store,
  at: { now: number; cause: Cause; url?: string },
  work: (tx: Tx) => T,
  finish: (tx: Tx, outcome: Outcome) => void,
): T {
  const touched = new Map<string, { kind: Kind; id: string; before: unknown }>()
  const gone = new Map<string, unknown>()
  const happenings: Happening[] = []
  const touch = (kind: Kind, id: string, before: unknown) => {
    const key = `${kind}:${id}`
    if (!touched.has(key)) touched.set(key, { kind, id, before: before && copyOf(before) })
  }
  const get = <K extends Kind>(kind: K, id: string): Records[K] => {
    const record = store.find(kind, id)
    if (!record) throw ApiError.missing(kind, id)
    return record
  }
  const tx: Tx = {
    url: '',
    ...at,
    find: store.find,
    get,
    all: (kind) => [...store.all(kind)],
    by: store.by,
    oldest: (kind) => store.all(kind).next().value,
    insert(kind, record) {
      touch(kind, record.id, null)
      store.put(kind, record)
      return record
    },
    edit(kind, id) {
      const record = get(kind, id)
      dropText(record)
      touch(kind, id, record)
      return record
    },
    remove(kind, id) {
      const record = get(kind, id)
      touch(kind, id, record)
      gone.set(`${kind}:${id}`, record)
      store.remove(kind, id)
    },
    emit(type, kind, id) {
      happenings.push({ type, kind, id })
    },
  }
  const outcome: Outcome = {
    happenings,
    before: (kind, id) => touched.get(`${kind}:${id}`)?.before,
    gone: (kind, id) => gone.get(`${kind}:${id}`),
    touched: () => Array.from(touched.values(), ({ kind, id }) => [kind, id] as const),
  }
  try {
    const result = work(tx)
    finish(tx, outcome)
    if (touched.size > 0) store.save(touched.values())
    return result
  } catch (error) {
    for (const { kind, id, before } of touched.values()) {
      if (before === null) store.remove(kind, id)
      else store.put(kind, before as Records[typeof kind])
    }
    throw error
  }
}
