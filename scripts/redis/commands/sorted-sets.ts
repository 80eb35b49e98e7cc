import type { Family } from '@/scripts/redis/command'
import { notAnInteger, RedisError, syntaxError } from '@/scripts/redis/error'
import type { Keyspace } from '@/scripts/redis/keyspace'
import { float, smallInteger } from '@/scripts/redis/numbers'
import { SortedSet } from '@/scripts/redis/values'
import { pairs, word } from '@/scripts/redis/words'
import { slice } from './lists'

/** Scores and ranges by index: what a small queue or a leaderboard needs, and no more. */
export const sortedSets: Family = {
  zadd: { arity: -4, run: add },
  zrem: { arity: -3, run: remove },
  zcard: { arity: 2, run: (keys, words) => keys.read(word(words, 0), SortedSet)?.scores.size ?? 0 },
  zscore: {
    arity: 3,
    run: (keys, words) => {
      const score = keys.read(word(words, 0), SortedSet)?.scores.get(word(words, 1))
      return score === undefined ? null : write(score)
    },
  },
  zrange: { arity: -4, run: range },
}

function add(keys: Keyspace, [key = '', ...words]: string[]): number {
  const first = words.findIndex((option) => !/^(nx|xx|gt|lt|ch)$/i.test(option))
  const options = new Set(words.slice(0, first).map((option) => option.toLowerCase()))
  const rest = words.slice(first)
  if (first < 0 || rest.length % 2 !== 0) throw syntaxError()
  if (options.has('nx') && options.has('xx')) {
    throw new RedisError('ERR XX and NX options at the same time are not compatible')
  }
  if (['nx', 'gt', 'lt'].filter((option) => options.has(option)).length > 1) {
    throw new RedisError('ERR GT, LT, and/or NX options at the same time are not compatible')
  }
  const wanted = pairs(rest).map(([score, member]) => [member, float(score)] as const)
  const { scores } = keys.ensure(key, SortedSet)
  const touched = wanted.map(([member, score]) => {
    const before = scores.get(member)
    if (before === undefined ? options.has('xx') : options.has('nx')) return 0
    // A member that is new is added by either.
    if (before !== undefined && options.has('gt') && score <= before) return 0
    if (before !== undefined && options.has('lt') && score >= before) return 0
    scores.set(member, score)
    return before === undefined || (options.has('ch') && before !== score) ? 1 : 0
  })
  keys.dropIfEmpty(key)
  return touched.filter(Boolean).length
}

function remove(keys: Keyspace, [key = '', ...members]: string[]): number {
  const set = keys.read(key, SortedSet)
  const gone = members.filter((member) => set?.scores.delete(member)).length
  keys.dropIfEmpty(key)
  return gone
}

function range(keys: Keyspace, words: string[]): string[] {
  const [key, start, stop] = [word(words, 0), word(words, 1), word(words, 2)]
  const options = words.slice(3).map((option) => option.toLowerCase())
  if (!options.every((option) => option === 'rev' || option === 'withscores')) throw syntaxError()
  const ranked = [...(keys.read(key, SortedSet)?.scores ?? [])].sort(byScoreThenBytes)
  if (options.includes('rev')) ranked.reverse()
  return slice(ranked, index(start), index(stop)).flatMap(([member, score]) =>
    options.includes('withscores') ? [member, write(score)] : [member],
  )
}

function byScoreThenBytes(a: [string, number], b: [string, number]): number {
  return a[1] === b[1] ? Buffer.compare(Buffer.from(a[0]), Buffer.from(b[0])) : a[1] - b[1]
}

function index(text: string): number {
  if (!/^-?\d+$/.test(text)) throw notAnInteger()
  return smallInteger(text)
}

function write(score: number): string {
  return Number.isFinite(score) ? String(score) : score > 0 ? 'inf' : '-inf'
}
