import type { Family } from '@/scripts/redis/command'
import { RedisError } from '@/scripts/redis/error'
import type { Keyspace } from '@/scripts/redis/keyspace'
import { integer, MAX_INTEGER, MIN_INTEGER } from '@/scripts/redis/numbers'
import { Text } from '@/scripts/redis/values'
import { word } from '@/scripts/redis/words'

export const counters: Family = {
  incr: { arity: 2, run: (keys, words) => add(keys, word(words, 0), 1n) },
  decr: { arity: 2, run: (keys, words) => add(keys, word(words, 0), -1n) },
  incrby: { arity: 3, run: (keys, words) => add(keys, word(words, 0), integer(word(words, 1))) },
  decrby: { arity: 3, run: (keys, words) => add(keys, word(words, 0), -integer(word(words, 1))) },
}

function add(keys: Keyspace, key: string, step: bigint): number {
  const total = sum(keys.read(key, Text)?.text ?? '0', step)
  keys.write(key, new Text(String(total)), keys.expiresAt(key) ?? null)
  return Number(total)
}

/** Adds to an integer that is kept as text. @throws {RedisError} when it is none, or leaves 64 bits */
export function sum(text: string, step: bigint): bigint {
  const total = integer(text) + step
  if (total <= MAX_INTEGER && total >= MIN_INTEGER) return total
  throw new RedisError('ERR increment or decrement would overflow')
}
