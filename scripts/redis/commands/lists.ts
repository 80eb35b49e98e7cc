import type { Family, Reply } from '@/scripts/redis/command'
import { RedisError, wrongArity } from '@/scripts/redis/error'
import type { Keyspace } from '@/scripts/redis/keyspace'
import { smallInteger } from '@/scripts/redis/numbers'
import { List } from '@/scripts/redis/values'
import { word } from '@/scripts/redis/words'

export const lists: Family = {
  // LPUSH a b c leaves c first: each is pushed in its turn.
  lpush: { arity: -3, run: push((items, added) => items.unshift(...added.reverse())) },
  rpush: { arity: -3, run: push((items, added) => items.push(...added)) },
  lpop: { arity: -2, run: pop('lpop', (items, count) => items.splice(0, count)) },
  rpop: {
    arity: -2,
    run: pop('rpop', (items, count) => items.splice(Math.max(0, items.length - count)).reverse()),
  },
  llen: { arity: 2, run: (keys, words) => keys.read(word(words, 0), List)?.items.length ?? 0 },
  lrange: { arity: 4, run: range },
}

function push(into: (items: string[], added: string[]) => number) {
  return (keys: Keyspace, [key = '', ...added]: string[]): number =>
    into(keys.ensure(key, List).items, added)
}

/** Without a count one item or nil; with a count a list of items, or nil without a key. */
function pop(command: string, take: (items: string[], count: number) => string[]) {
  return (keys: Keyspace, [key = '', count, ...rest]: string[]): Reply => {
    if (rest.length > 0) throw wrongArity(command)
    const wanted = count === undefined ? 1 : positive(count)
    const list = keys.read(key, List)
    if (!list) return null
    const taken = take(list.items, wanted)
    keys.dropIfEmpty(key)
    return count === undefined ? (taken[0] ?? null) : taken
  }
}

function positive(count: string): number {
  const value = /^-?\d+$/.test(count) ? smallInteger(count) : -1
  if (value < 0) throw new RedisError('ERR value is out of range, must be positive')
  return value
}

function range(keys: Keyspace, words: string[]): string[] {
  const [start, stop] = [smallInteger(word(words, 1)), smallInteger(word(words, 2))]
  return slice(keys.read(word(words, 0), List)?.items ?? [], start, stop)
}

/** Redis ranges include their end, and count from the tail when negative. */
export function slice<T>(items: T[], start: number, stop: number): T[] {
  const at = (index: number) => (index < 0 ? Math.max(0, items.length + index) : index)
  if (stop < -items.length) return []
  return items.slice(at(start), at(stop) + 1)
}
