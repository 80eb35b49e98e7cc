// Bounds the memory that unknown clients can make one process hold: about 2 MB.
const MAX_WINDOWS = 10_000

type Window = { count: number; endsAt: number }

/** Fixed windows counted in this process alone: what stands in for Redis while it is away. */
export class LocalWindows {
  #windows = new Map<string, Window>()

  /** Counts one hit. `now` is in milliseconds; a window opens at its first hit. */
  hit(key: string, windowSeconds: number, now: number): { count: number; secondsLeft: number } {
    const window = this.#open(key, windowSeconds, now)
    window.count += 1
    return { count: window.count, secondsLeft: Math.ceil((window.endsAt - now) / 1000) }
  }

  #open(key: string, windowSeconds: number, now: number): Window {
    const known = this.#windows.get(key)
    if (known && known.endsAt > now) return known
    this.#windows.delete(key)
    if (this.#windows.size >= MAX_WINDOWS) this.#makeRoom(now)
    const opened = { count: 0, endsAt: now + windowSeconds * 1000 }
    this.#windows.set(key, opened)
    return opened
  }

  /** Drops what is over, and the oldest when nothing is. */
  #makeRoom(now: number): void {
    for (const [key, { endsAt }] of this.#windows) if (endsAt <= now) this.#windows.delete(key)
    const [oldest] = this.#windows.keys()
    if (this.#windows.size >= MAX_WINDOWS && oldest !== undefined) this.#windows.delete(oldest)
  }
}
