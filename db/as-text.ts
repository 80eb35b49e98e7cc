/**
 * A parameter in Postgres's own text form; the statement says what type it is read as.
 * @throws {TypeError} for what has no such form: an object is made JSON first, and undefined is a slip
 */
export function asText(value: unknown): string | null {
  if (value === null) return null
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`
  if (Array.isArray(value)) return `{${value.map(asElement).join(',')}}`
  if (PLAIN.has(typeof value)) return String(value)
  throw new TypeError(`${nameOf(value)} cannot be a parameter: make it a text first.`)
}

const PLAIN = new Set(['string', 'number', 'bigint', 'boolean'])

function asElement(value: unknown): string {
  if (Array.isArray(value)) return `{${value.map(asElement).join(',')}}`
  const text = asText(value)
  // In quotes everything is itself, also the word NULL, a comma and the empty text.
  return text === null ? 'NULL' : `"${text.replace(/["\\]/g, '\\$&')}"`
}

function nameOf(value: unknown): string {
  return value === undefined ? 'undefined' : `A value of type ${typeof value}`
}
