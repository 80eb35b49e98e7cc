import type { Family } from '@/scripts/redis/command'
import { syntaxError, wrongArity } from '@/scripts/redis/error'
import { expiryInstant, isExpiryOption } from '@/scripts/redis/expiry-option'
import type { Keyspace } from '@/scripts/redis/keyspace'
import { Text } from '@/scripts/redis/values'
import { pairs, word } from '@/scripts/redis/words'

export const strings: Family = {
  get: { arity: 2, run: (keys, words) => get(keys, word(words, 0)) },
  getdel: { arity: 2, run: (keys, words) => getDelete(keys, word(words, 0)) },
  getex: { arity: -2, run: getAndExpire },
  mget: {
    arity: -2,
    // A key of another kind is a nil here, never an error.
    run: (keys, words) =>
      words.map((key) => {
        const value = keys.peek(key)
        return value instanceof Text ? value.text : null
      }),
  },
  mset: { arity: -3, run: setMany },
  setnx: {
    arity: 3,
    run: (keys, words) => {
      if (keys.peek(word(words, 0))) return 0
      keys.write(word(words, 0), new Text(word(words, 1)), null)
      return 1
    },
  },
  append: {
    arity: 3,
    run: (keys, words) => {
      const key = word(words, 0)
      const text = (get(keys, key) ?? '') + word(words, 1)
      keys.write(key, new Text(text), keys.expiresAt(key) ?? null)
      return Buffer.byteLength(text)
    },
  },
  strlen: { arity: 2, run: (keys, words) => Buffer.byteLength(get(keys, word(words, 0)) ?? '') },
}

function get(keys: Keyspace, key: string): string | null {
  return keys.read(key, Text)?.text ?? null
}

function getDelete(keys: Keyspace, key: string): string | null {
  const text = get(keys, key)
  keys.delete(key)
  return text
}

function getAndExpire(keys: Keyspace, words: string[]): string | null {
  const [key, option, time, ...rest] = [word(words, 0), words[1]?.toLowerCase(), ...words.slice(2)]
  if (rest.length > 0) throw syntaxError()
  if (option === undefined) return get(keys, key)
  if (option === 'persist' && time !== undefined) throw syntaxError()
  const at = option === 'persist' ? null : expiry(option, time)
  const text = get(keys, key)
  keys.expire(key, at)
  return text
}

function expiry(option: string, time: string | undefined): number {
  if (!isExpiryOption(option)) throw syntaxError()
  return expiryInstant('getex', option, time)
}

function setMany(keys: Keyspace, words: string[]): string {
  if (words.length % 2 !== 0) throw wrongArity('mset')
  for (const [key, text] of pairs(words)) keys.write(key, new Text(text), null)
  return 'OK'
}
