import { createHash } from 'node:crypto'
import type { StoredAnswer } from '@/sandbox/store/records'
import type { Store } from '@/sandbox/store/store'
import type { Tx } from '@/sandbox/store/transaction'
import { ApiError } from './api-error'

const MAX_KEY = 255
// Stripe may forget a key after a day, and so do we.
const KEPT_SECONDS = 24 * 3600

export interface Keyed {
  key: string
  path: string
  fingerprint: string
}

/** What is compared when a key comes again: the path and the parameters. */
export function keyed(key: string, path: string, body: string): Keyed {
  if (key.length > MAX_KEY) {
    throw ApiError.invalid(`Idempotency keys must be at most ${MAX_KEY} characters.`)
  }
  return { key, path, fingerprint: createHash('sha256').update(body).digest('hex') }
}

/** The first answer to this key, if there is one. The same key with another request is refused. */
export function firstAnswer(store: Store, asked: Keyed, now: number): StoredAnswer | null {
  const answer = store.find('idempotency', asked.key)
  if (!answer || answer.at + KEPT_SECONDS < now) return null
  if (answer.path === asked.path && answer.fingerprint === asked.fingerprint) return answer
  throw new ApiError(400, {
    type: 'idempotency_error',
    message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${asked.key}' if you meant to execute a different request.`,
  })
}

/** Keeps an answer, in the transaction that made it. */
export function keepAnswer(
  tx: Tx,
  asked: Keyed,
  answer: { status: number; body: string; request: string; at: number },
) {
  if (tx.find('idempotency', asked.key)) tx.remove('idempotency', asked.key)
  forgetOld(tx, answer.at)
  const { key: id, path, fingerprint } = asked
  tx.insert('idempotency', { id, path, fingerprint, ...answer })
}

/** Answers are kept in the order in which they were given, so the oldest come first. */
function forgetOld(tx: Tx, now: number) {
  for (
    let oldest = tx.oldest('idempotency');
    oldest && oldest.at + KEPT_SECONDS < now;
    oldest = tx.oldest('idempotency')
  ) {
    tx.remove('idempotency', oldest.id)
  }
}

/** Another request with this key has not been answered yet. */
export function inProgress(key: string): ApiError {
  return new ApiError(409, {
    type: 'idempotency_error',
    code: 'idempotency_key_in_use',
    message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
  })
}
