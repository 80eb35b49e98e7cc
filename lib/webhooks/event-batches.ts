import type { Ingested, NewEvent } from '@/db/queries/ledger'

/**
 * Stores a delivery that comes alone at once, by itself, and those that come meanwhile with one statement, as soon as
 * that one has its answer: in a burst that spares a fifth of what acknowledging costs this process. Each gets its own
 * answer, after the commit.
 */
export class EventBatches {
  readonly #waiting: Waiting[] = []
  #isStoring = false
  /** Of each target of which one is stored alone: those that wait for it. */
  readonly #behind = new Map<string, Waiting[]>()

  constructor(private readonly store: Store) {}

  /**
   * Stores one event, also where its caller has given up meanwhile: the next attempt is then a duplicate.
   * @throws {Unavailable} Postgres does not answer, or whatever the event by itself gets for an answer
   */
  ingest(event: NewEvent): Promise<Ingested> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ event, resolve, reject })
      if (!this.#isStoring) this.#next()
    })
  }

  #next(): void {
    const batch = takeBatch(this.#waiting)
    this.#isStoring = batch.length > 0
    if (!this.#isStoring) return
    let isOver = false
    const proceed = () => {
      if (isOver) return
      isOver = true
      clearTimeout(late)
      this.#next()
    }
    // What waits is held up neither by a statement that is late nor for long by one that failed, and is not sent
    // after it at once, to fail as well.
    const late = setTimeout(proceed, LATE_MS)
    this.#storeAll(batch).then(proceed, (error) => {
      for (const { reject } of batch) reject(error)
    })
  }

  async #storeAll(batch: readonly Waiting[]): Promise<void> {
    const [first, ...others] = batch
    if (first && others.length === 0) {
      first.resolve(await this.store.one(first.event))
      return
    }
    const answers = await this.store.several(batch.map(({ event }) => event))
    for (const [n, { event, resolve, reject }] of batch.entries()) {
      const answer = answers[n]
      if (answer) resolve(answer)
      else this.#storeAlone({ event, resolve, reject })
    }
  }

  // Beside what comes next: another transaction may have its target for long. The others of that target wait for this
  // one, so that it takes one connection and not all, and then come together again.
  #storeAlone(one: Waiting): void {
    const key = one.event.targetKey ?? one.event.id
    const before = this.#behind.get(key)
    if (before) {
      before.push(one)
      return
    }
    const behind: Waiting[] = []
    this.#behind.set(key, behind)
    const over = this.store.one(one.event).then(one.resolve, one.reject)
    void over.then(() => {
      this.#behind.delete(key)
      this.#waiting.push(...behind)
      if (!this.#isStoring) this.#next()
    })
  }
}

type Store = {
  one(event: NewEvent): Promise<Ingested>
  /** In their order; null for one that is not stored and may be by itself. */
  several(events: readonly NewEvent[]): Promise<readonly (Ingested | null)[]>
}

type Waiting = {
  event: NewEvent
  resolve: (answer: Ingested) => void
  reject: (error: unknown) => void
}

// Milliseconds. Ten times what a statement takes in a burst: Postgres is then slow, gone or far away.
const LATE_MS = 50

// Each waits for the commit of all, and more would hardly make one cheaper.
const MOST = 50

// Of payloads, in characters, and nearly all of them are a byte: as many as one delivery may have.
const MOST_CHARACTERS = 1024 * 1024

/** Takes as many as go into one statement, and at least one, from those that wait. */
function takeBatch(waiting: Waiting[]): Waiting[] {
  let characters = 0
  const end = waiting.slice(0, MOST).findIndex(({ event }, n) => {
    characters += event.payload.length
    return n > 0 && characters > MOST_CHARACTERS
  })
  return waiting.splice(0, end < 0 ? MOST : end)
}
