import type { Family } from '@/scripts/redis/command'
import { RedisError, syntaxError, wrongArity } from '@/scripts/redis/error'
import type { Keyspace } from '@/scripts/redis/keyspace'
import { Text } from '@/scripts/redis/values'
import { word } from '@/scripts/redis/words'

export const keysFamily: Family = {
  del: { arity: -2, run: remove },
  unlink: { arity: -2, run: remove },
  delex: { arity: -2, run: removeIf },
  // A key that is named twice counts twice.
  exists: { arity: -2, run: (keys, words) => words.filter((key) => keys.peek(key)).length },
  type: { arity: 2, run: (keys, words) => keys.peek(word(words, 0))?.type ?? 'none' },
}

function remove(keys: Keyspace, words: string[]): number {
  return words.filter((key) => keys.delete(key)).length
}

/** DELEX key IFEQ value: lets a lock go only when it is still ours, in one step. */
function removeIf(keys: Keyspace, words: string[]): number {
  const key = word(words, 0)
  if (words.length === 1) return remove(keys, [key])
  if (words.length !== 3) throw wrongArity('delex')
  const wanted = condition(word(words, 1))
  const held = keys.peek(key)
  if (held === undefined) return 0
  if (!(held instanceof Text)) {
    throw new RedisError('ERR Key should be of string type if conditions are specified')
  }
  return (held.text === word(words, 2)) === wanted && keys.delete(key) ? 1 : 0
}

function condition(option: string): boolean {
  switch (option.toLowerCase()) {
    case 'ifeq':
      return true
    case 'ifne':
      return false
    case 'ifdeq':
    case 'ifdne':
      throw new RedisError('ERR IFDEQ and IFDNE are not part of this subset, use IFEQ or IFNE')
    default:
      throw syntaxError()
  }
}
