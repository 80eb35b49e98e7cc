import type { Attributes } from '@opentelemetry/api'
import type { Ids } from '@/lib/span'

/** The attributes that may leave: those whose values look like an id, a word or a path without a query. */
export function allowed(ids: Ids): Attributes {
  const kept: Attributes = {}
  for (const [name, value] of Object.entries(ids)) {
    if (typeof value === 'number' || typeof value === 'boolean') kept[name] = value
    else if (typeof value === 'string' && isPlain(value)) kept[name] = value
    else if (typeof value === 'object' && value) kept[name] = value.filter(isPlain).slice(0, MOST)
  }
  return kept
}

// An @ would be an address, a ? or = a query, a space what a person wrote.
const PLAIN = /^[\w./:-]{1,128}$/
const SECRET = /\b(sk|rk|rkcs|pk|whsec|ll)_|_secret_/

// A burst can bring thousands of events to one customer.
const MOST = 20

function isPlain(value: string): boolean {
  return PLAIN.test(value) && !SECRET.test(value)
}
