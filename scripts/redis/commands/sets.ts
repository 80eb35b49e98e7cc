import type { Family } from '@/scripts/redis/command'
import type { Keyspace } from '@/scripts/redis/keyspace'
import { Members } from '@/scripts/redis/values'
import { word } from '@/scripts/redis/words'

export const sets: Family = {
  sadd: { arity: -3, run: add },
  srem: { arity: -3, run: remove },
  smembers: {
    arity: 2,
    run: (keys, words) => [...(keys.read(word(words, 0), Members)?.members ?? [])],
  },
  sismember: {
    arity: 3,
    run: (keys, words) => (keys.read(word(words, 0), Members)?.members.has(word(words, 1)) ? 1 : 0),
  },
}

function add(keys: Keyspace, [key = '', ...added]: string[]): number {
  const { members } = keys.ensure(key, Members)
  const before = members.size
  for (const member of added) members.add(member)
  return members.size - before
}

function remove(keys: Keyspace, [key = '', ...removed]: string[]): number {
  const set = keys.read(key, Members)
  const gone = removed.filter((member) => set?.members.delete(member)).length
  keys.dropIfEmpty(key)
  return gone
}
