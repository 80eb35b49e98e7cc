import type { Family } from '@/scripts/redis/command'
import { RedisError, wrongArity } from '@/scripts/redis/error'
import type { Keyspace } from '@/scripts/redis/keyspace'
import { integer } from '@/scripts/redis/numbers'
import { Hash } from '@/scripts/redis/values'
import { pairs, word } from '@/scripts/redis/words'
import { sum } from './counters'

export const hashes: Family = {
  hset: { arity: -4, run: setFields },
  hget: {
    arity: 3,
    run: (keys, words) => fieldsOf(keys, word(words, 0))?.get(word(words, 1)) ?? null,
  },
  hgetall: {
    arity: 2,
    run: (keys, words) => [...(fieldsOf(keys, word(words, 0)) ?? [])].flat(),
  },
  hdel: { arity: -3, run: deleteFields },
  hincrby: { arity: 4, run: addToField },
}

function fieldsOf(keys: Keyspace, key: string): Map<string, string> | undefined {
  return keys.read(key, Hash)?.fields
}

function setFields(keys: Keyspace, [key = '', ...words]: string[]): number {
  if (words.length % 2 !== 0) throw wrongArity('hset')
  const { fields } = keys.ensure(key, Hash)
  const before = fields.size
  for (const [field, text] of pairs(words)) fields.set(field, text)
  return fields.size - before
}

function deleteFields(keys: Keyspace, [key = '', ...names]: string[]): number {
  const fields = fieldsOf(keys, key)
  const gone = names.filter((name) => fields?.delete(name)).length
  keys.dropIfEmpty(key)
  return gone
}

function addToField(keys: Keyspace, words: string[]): number {
  const [key, field] = [word(words, 0), word(words, 1)]
  const step = integer(word(words, 2))
  const text = fieldsOf(keys, key)?.get(field) ?? '0'
  if (!/^-?\d+$/.test(text)) throw new RedisError('ERR hash value is not an integer')
  const total = sum(text, step)
  keys.ensure(key, Hash).fields.set(field, String(total))
  return Number(total)
}
