import { notAnInteger, RedisError } from './error'

/** Reads `-12`; not `+12`, `012`, `1.0` or ` 1`. @throws {RedisError} as Redis says it */
export function integer(word: string): bigint {
  if (!/^(0|-?[1-9]\d{0,18})$/.test(word)) throw notAnInteger()
  const value = BigInt(word)
  if (value > MAX_INTEGER || value < MIN_INTEGER) throw notAnInteger()
  return value
}

/** An integer to index or count with: what is beyond a number's exact range is out of range. */
export function smallInteger(word: string): number {
  const value = Number(integer(word))
  if (!Number.isSafeInteger(value)) throw notAnInteger()
  return value
}

/** Reads a score: `1`, `-0.5`, `1e3`, `inf`, `+inf`, `-inf`. */
export function float(word: string): number {
  const infinite = /^([+-]?)inf(inity)?$/i.exec(word)
  if (infinite) return infinite[1] === '-' ? -Infinity : Infinity
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word) ? Number(word) : Number.NaN
  if (Number.isNaN(value)) throw new RedisError('ERR value is not a valid float')
  return value
}

// Redis integers are signed and 64 bits wide: wider than a number, so they are BigInts here.
export const MAX_INTEGER = 2n ** 63n - 1n
export const MIN_INTEGER = -(2n ** 63n)
