import { log } from '@/lib/log'

// Any client may post anything; none may fill our log with it.
const EVERY_MS = 60_000

/**
 * Logs for operators the deliveries that were refused: one line a minute for each reason, with how many it
 * stands for. After a secret was rolled at Stripe and not here, nothing else would show it.
 */
export class RefusedDeliveries {
  readonly #unsaid = new Map<string, { count: number; saidAt: number }>()

  /** `now` is any clock in milliseconds that never goes back. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /**
   * `reason` is a verifier's own words, with nothing of what was sent but numbers; `advice` says what to
   * look at if it was Stripe.
   */
  note(status: 400 | 503, reason: string, advice: string): void {
    // Without its numbers, so that there are as many reasons as sentences in our code.
    const kind = reason.replace(/\d+/g, 'n')
    const known = this.#unsaid.get(kind)
    const count = (known?.count ?? 0) + 1
    if (known && this.now() - known.saidAt < EVERY_MS) {
      known.count = count
      return
    }
    this.#unsaid.set(kind, { count: 0, saidAt: this.now() })
    log.warn({ status, reason, refused: count }, `webhook refused. ${advice}`)
  }
}
