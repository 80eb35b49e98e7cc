import type { Family, Reply } from '@/scripts/redis/command'
import { RedisError, syntaxError, wrongArity } from '@/scripts/redis/error'
import { globPattern } from '@/scripts/redis/glob'
import type { Keyspace } from '@/scripts/redis/keyspace'
import { smallInteger } from '@/scripts/redis/numbers'
import { word } from '@/scripts/redis/words'

export const server: Family = {
  ping: {
    arity: -1,
    run: (_keys, words) => {
      if (words.length > 1) throw wrongArity('ping')
      return words[0] ?? 'PONG'
    },
  },
  echo: { arity: 2, run: (_keys, words) => word(words, 0) },
  dbsize: { arity: 1, run: (keys) => [...keys.keys()].length },
  flushdb: {
    arity: -1,
    run: (keys, words) => {
      if (words.length > 1 || !/^(a?sync)?$/i.test(words[0] ?? '')) throw syntaxError()
      keys.clear()
      return 'OK'
    },
  },
  keys: {
    arity: 2,
    run: (keys, words) => {
      const pattern = globPattern(word(words, 0))
      return [...keys.keys()].map(({ key }) => key).filter((key) => pattern.test(key))
    },
  },
  scan: { arity: -2, run: scan },
}

// Redis' own default for COUNT.
const SCAN_COUNT = 10

/**
 * The cursor is the id of the last key looked at, so a key that is there from the first call to
 * the last is always found, whatever comes and goes meanwhile.
 */
function scan(keys: Keyspace, [cursor = '', ...words]: string[]): Reply {
  if (!/^\d{1,15}$/.test(cursor)) throw new RedisError('ERR invalid cursor')
  const { pattern, count, type } = scanOptions(words)
  const found: string[] = []
  let looked = 0
  let last = Number(cursor)
  for (const { key, id, value } of keys.keys(last)) {
    if (looked === count) return [String(last), found]
    looked += 1
    last = id
    if (pattern.test(key) && (type === null || value.type === type)) found.push(key)
  }
  return ['0', found]
}

function scanOptions(words: string[]) {
  const options = { pattern: /^/, count: SCAN_COUNT, type: null as string | null }
  for (let at = 0; at < words.length; at += 2) {
    const [option, value] = [word(words, at).toLowerCase(), words[at + 1]]
    if (value === undefined) throw syntaxError()
    if (option === 'match') options.pattern = globPattern(value)
    else if (option === 'count') options.count = smallInteger(value)
    else if (option === 'type') options.type = value.toLowerCase()
    else throw syntaxError()
  }
  if (options.count < 1) throw syntaxError()
  return options
}
