import { RedisError } from './error'
import type { Value } from './values'

type Entry = { id: number; value: Value; expiresAt: number | null }

// How many keys one sweep looks at: enough to empty a laptop's database in seconds,
// few enough that a request never waits for a millisecond.
const SWEEP_STEP = 1_000

/**
 * The keys of one database. An expired key is gone the moment it is looked at; `sweep`
 * frees the memory of those that are never looked at again. Instants are Unix milliseconds.
 */
export class Keyspace {
  #entries = new Map<string, Entry>()
  #nextId = 1
  #sweeping: MapIterator<string> | undefined

  /** The value if it is of that kind, undefined if there is no key. @throws {RedisError} WRONGTYPE */
  read<T extends Value>(key: string, kind: new () => T): T | undefined {
    const value = this.peek(key)
    if (value === undefined || value instanceof kind) return value
    throw new RedisError('WRONGTYPE Operation against a key holding the wrong kind of value')
  }

  /** Like `read`, but makes an empty value where there is none: fill it in the same tick. */
  ensure<T extends Value>(key: string, kind: new () => T): T {
    const found = this.read(key, kind)
    if (found) return found
    const made = new kind()
    this.write(key, made, null)
    return made
  }

  peek(key: string): Value | undefined {
    return this.#live(key)?.value
  }

  write(key: string, value: Value, expiresAt: number | null): void {
    const entry = this.#live(key)
    if (entry) Object.assign(entry, { value, expiresAt })
    else this.#entries.set(key, { id: this.#nextId++, value, expiresAt })
  }

  delete(key: string): boolean {
    return this.#live(key) !== undefined && this.#entries.delete(key)
  }

  /** Redis keeps no empty hash, set or list: taking the last element takes the key. */
  dropIfEmpty(key: string): void {
    if (this.peek(key)?.isEmpty) this.#entries.delete(key)
  }

  /** Undefined without a key, null for a key that stays. */
  expiresAt(key: string): number | null | undefined {
    return this.#live(key)?.expiresAt
  }

  expire(key: string, at: number | null): void {
    const entry = this.#live(key)
    if (entry) entry.expiresAt = at
  }

  /** Live keys with an id above `after`, oldest first: an id is kept for as long as its key lives. */
  *keys(after = 0): Generator<{ key: string; id: number; value: Value }> {
    for (const [key, { id }] of this.#entries) {
      const value = id > after ? this.peek(key) : undefined
      if (value) yield { key, id, value }
    }
  }

  clear(): void {
    this.#entries.clear()
  }

  /** Frees what has expired, a bounded number of keys at a time, going on where the last call stopped. */
  sweep(): void {
    this.#sweeping ??= this.#entries.keys()
    for (let looked = 0; looked < SWEEP_STEP; looked++) {
      const next = this.#sweeping.next()
      if (next.done) {
        this.#sweeping = undefined
        return
      }
      this.#live(next.value)
    }
  }

  /** Keys held in memory, expired or not. */
  get held(): number {
    return this.#entries.size
  }

  #live(key: string): Entry | undefined {
    const entry = this.#entries.get(key)
    if (!entry?.expiresAt || entry.expiresAt > Date.now()) return entry
    this.#entries.delete(key)
    return undefined
  }
}
