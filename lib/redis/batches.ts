import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Puts what comes at about the same time into one request. The first goes at once; whatever comes while
 * a request is under way, or sooner than `everyMs` after the last one began, shares the next. A caller
 * that awaits `add` has waited for its request, so that nothing is left to a timer that a platform may freeze.
 */
export class Batches<Item, Answer> {
  #next: { items: Item[]; answers: Promise<readonly Answer[]> } | null = null
  #last: Promise<unknown> = Promise.resolve()
  #mayBeginAt = 0

  /**
   * `send` makes one request, and answers one for each item, in their order. Of more than
   * `most` items that wait the rest is let go at once, unsent.
   */
  constructor(
    private readonly send: (items: readonly Item[]) => Promise<readonly Answer[]>,
    private readonly limits: { everyMs: number; most: number },
  ) {}

  /** What was answered for this item; undefined when there were too many. */
  async add(item: Item): Promise<Answer | undefined> {
    if (this.#next === null) {
      const items: Item[] = []
      this.#next = { items, answers: this.#sendAfter(this.#last, items) }
      this.#last = this.#next.answers
    }
    const { items, answers } = this.#next
    if (items.length >= this.limits.most) return undefined
    const nth = items.push(item) - 1
    return (await answers)[nth]
  }

  /**
   * Has this item sent with others that wait, for a caller that does not: their own callers wait for the
   * request. False when none do, and then it is not sent; of too many it is let go, as any other.
   */
  addAlong(item: Item): boolean {
    if (this.#next === null) return false
    if (this.#next.items.length < this.limits.most) this.#next.items.push(item)
    return true
  }

  async #sendAfter(last: Promise<unknown>, items: Item[]): Promise<readonly Answer[]> {
    // Whatever became of the one before is its own callers' business.
    await last.catch(() => {})
    const wait = this.#mayBeginAt - performance.now()
    if (wait > 0) await sleep(wait)
    // From here on a new item is in the next one.
    this.#next = null
    this.#mayBeginAt = performance.now() + this.limits.everyMs
    return this.send(items)
  }
}
