import { randomBytes } from 'node:crypto'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Random base-62 text. The modulo bias is irrelevant: these are names, not secrets of a live system. */
export function randomText(length: number): string {
  let text = ''
  for (let nth = 0; nth < length; nth += 1) text += ALPHABET[nextByte() % 62]
  return text
}

// Asking the system for a few bytes costs as much as asking for thousands.
const POOL_BYTES = 8192
let pool = Buffer.alloc(0)
let used = 0

function nextByte(): number {
  if (used >= pool.length) {
    pool = randomBytes(POOL_BYTES)
    used = 0
  }
  const byte = pool[used] ?? 0
  used += 1
  return byte
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
