import { setTimeout as wait } from 'node:timers/promises'
import Stripe from 'stripe'

// A day of failures that a person pressed through; more is a loop.
const MOST = 20

// As long as the SDK waits before its first retry.
const PAUSE_MS = 500

/**
 * Makes a call under a key, so that it is done once however often it is asked for. Stripe repeats its first
 * answer to a key for a day, a 500 and a refusal too (docs.stripe.com/api/idempotent_requests): what failed in
 * an earlier try goes on under a key that names that try, which two that come at once have in common.
 * For what a person presses again, and what may be asked for twice after a 500 that did it all the same.
 */
export async function underKey<T>(
  key: string,
  call: (options: Stripe.RequestOptions) => Promise<T>,
): Promise<T> {
  let name = key
  for (let n = 0; n < MOST; n += 1) {
    try {
      return await twice(() => call({ idempotencyKey: name, maxNetworkRetries: 0 }))
    } catch (error) {
      const failed = failedBefore(error)
      if (!failed) throw error
      name = `${key}:after:${failed}`
    }
  }
  throw new Error(`Stripe has failed ${MOST} times what was asked for under one key.`)
}

// The SDK's own retry would hear the answer to the first try again, and could not be told from an older one.
async function twice<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    if (!isPassing(error)) throw error
    await wait(PAUSE_MS * (0.5 + Math.random() / 2))
    return call()
  }
}

// No answer, too many at once, or another request under the same key: nothing is kept of it.
function isPassing(error: unknown): boolean {
  return (
    error instanceof Stripe.errors.StripeConnectionError ||
    (error instanceof Stripe.errors.StripeError &&
      (error.statusCode === 409 || error.statusCode === 429))
  )
}

/** The request of an earlier try whose failure this repeats; null where it is an answer to this one. */
function failedBefore(error: unknown): string | null {
  if (!(error instanceof Stripe.errors.StripeError)) return null
  const { headers } = error
  return headers?.['idempotent-replayed'] === 'true' ? (headers['original-request'] ?? null) : null
}
