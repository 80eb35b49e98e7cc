import { randomBytes } from 'node:crypto'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Random base-62 text. The modulo bias is irrelevant: these are names, not secrets of a live system. */
export function randomText(length: number): string {
  if (used + length > pool.length) refill()
  used += length
  return pool.slice(used - length, used)
}

// Asking the system for a few bytes costs as much as asking for thousands, and so does making text of them.
const POOL = 8192
let pool = ''
let used = 0

function refill() {
  const bytes = randomBytes(POOL)
  for (const [nth, byte] of bytes.entries()) bytes[nth] = ALPHABET.charCodeAt(byte % 62)
  pool = bytes.toString('latin1')
  used = 0
}

/** An id in Stripe's form, e.g. `sub_1Ab…`. Customers, products and items have the older, short form. */
export function newId(prefix: string): string {
  if (SHORT.has(prefix)) return `${prefix}_${randomText(14)}`
  if (prefix === 'cs_test') return `cs_test_a1${randomText(56)}`
  return `${prefix}_${CHARGED.has(prefix) ? '3' : '1'}${randomText(23)}`
}

const SHORT = new Set(['cus', 'prod', 'si', 'req'])
// Stripe numbers the payments side of its house 3 and the rest 1; events follow their object.
const CHARGED = new Set(['ch', 'pi'])

/** An event's id: `evt_3…` for charges and payment intents, `evt_1…` for the rest. */
export function newEventId(about: string): string {
  return `evt_${CHARGED.has(about.split('_')[0] ?? '') ? '3' : '1'}${randomText(23)}`
}

/** The id in a field that holds either an id or the expanded object. */
export function idOf(reference: string | { id: string }): string {
  return typeof reference === 'string' ? reference : reference.id
}

/** As `idOf`, and null stays null. */
export function optionalId(reference: string | { id: string } | null | undefined): string | null {
  return reference ? idOf(reference) : null
}
