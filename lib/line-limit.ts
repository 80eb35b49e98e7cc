/** How many lines of one kind a window lets through, and how long it is. */
export type LineRule = { lines: number; windowMs: number }

// Kinds that are counted at a time: the memory that an endless row of new kinds may take.
const MAX_KINDS = 500

/**
 * Lets a few lines of each kind into the log in a window of time, and counts the rest: a client that can make
 * the application write a line for a request could otherwise fill a disk, or bury what matters.
 */
export class LineLimit {
  #windows = new Map<string, { endsAt: number; written: number; left: number }>()

  constructor(
    readonly rule: LineRule,
    readonly now: () => number = () => performance.now(),
  ) {}

  /**
   * Counts one line of a kind.
   * @returns null when it is one too many; else how many were left out since the last one written
   */
  take(kind: string): number | null {
    const window = this.#open(kind)
    if (window.written >= this.rule.lines) {
      window.left += 1
      return null
    }
    window.written += 1
    const left = window.left
    window.left = 0
    return left
  }

  #open(kind: string) {
    const known = this.#windows.get(kind)
    if (known && known.endsAt > this.now()) return known
    this.#windows.delete(kind)
    const [oldest] = this.#windows.keys()
    if (this.#windows.size >= MAX_KINDS && oldest !== undefined) this.#windows.delete(oldest)
    // What a window left out is said by the first line of the next one.
    const opened = { endsAt: this.now() + this.rule.windowMs, written: 0, left: known?.left ?? 0 }
    this.#windows.set(kind, opened)
    return opened
  }
}
