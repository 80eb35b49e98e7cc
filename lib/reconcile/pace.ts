// Five a second: a sandbox of Stripe's allows 25 and live mode 100, and people at the checkout come first.
const GAP_MS = 200

export type Paced = <T>(call: () => Promise<T>) => Promise<T>

/** Makes calls begin so far apart that no paying customer ever waits for them. */
export function pacer(sleep: (milliseconds: number) => Promise<void>): Paced {
  let next = 0
  return async (call) => {
    const wait = next - performance.now()
    if (wait > 0) await sleep(wait)
    next = performance.now() + GAP_MS
    return call()
  }
}
