import { DrizzleQueryError } from 'drizzle-orm'

/**
 * Drizzle's error repeats a statement's parameters, payloads and addresses among them, and whatever
 * prints an error would print those. It sets `params` while it is made: here that drops them, and
 * the message with them. The driver's own words stay, as the cause.
 */
Object.defineProperty(DrizzleQueryError.prototype, 'params', {
  configurable: true,
  get: () => undefined,
  set(this: DrizzleQueryError) {
    this.message = 'A query failed; its cause says why.'
  },
})
