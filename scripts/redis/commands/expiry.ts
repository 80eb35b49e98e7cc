import type { Family, Reply } from '@/scripts/redis/command'
import { RedisError } from '@/scripts/redis/error'
import { instant } from '@/scripts/redis/expiry-option'
import type { Keyspace } from '@/scripts/redis/keyspace'
import { word } from '@/scripts/redis/words'

export const expiry: Family = {
  expire: { arity: -3, run: expireBy('expire', 1_000n) },
  pexpire: { arity: -3, run: expireBy('pexpire', 1n) },
  ttl: { arity: 2, run: (keys, words) => remaining(keys, word(words, 0), 1_000) },
  pttl: { arity: 2, run: (keys, words) => remaining(keys, word(words, 0), 1) },
  persist: {
    arity: 2,
    run: (keys, words) => {
      const had = typeof keys.expiresAt(word(words, 0)) === 'number'
      keys.expire(word(words, 0), null)
      return had ? 1 : 0
    },
  },
}

function expireBy(command: string, unit: bigint) {
  return (keys: Keyspace, words: string[]): Reply => {
    const [key, time] = [word(words, 0), word(words, 1)]
    const flags = parseFlags(words.slice(2))
    const at = instant(command, time, { unit, absolute: false })
    const now = keys.expiresAt(key)
    if (now === undefined || !allowed(flags, now, at)) return 0
    if (at <= Date.now()) keys.delete(key)
    else keys.expire(key, at)
    return 1
  }
}

type Flag = 'NX' | 'XX' | 'GT' | 'LT'

/** A key without an expiry counts as one that lives for ever, so GT never shortens it. */
function allowed(flags: Set<Flag>, now: number | null, at: number): boolean {
  if (flags.has('NX') && now !== null) return false
  if (flags.has('XX') && now === null) return false
  if (flags.has('GT') && at <= (now ?? Infinity)) return false
  return !(flags.has('LT') && at >= (now ?? Infinity))
}

function parseFlags(words: string[]): Set<Flag> {
  const flags = new Set(words.map(flag))
  if (flags.has('NX') && flags.size > 1) {
    throw new RedisError('ERR NX and XX, GT or LT options at the same time are not compatible')
  }
  if (flags.has('GT') && flags.has('LT')) {
    throw new RedisError('ERR GT and LT options at the same time are not compatible')
  }
  return flags
}

function flag(option: string): Flag {
  const upper = option.toUpperCase()
  if (upper === 'NX' || upper === 'XX' || upper === 'GT' || upper === 'LT') return upper
  throw new RedisError(`ERR Unsupported option ${option}`)
}

/** -2 without a key, -1 without an expiry, else what is left, rounded as Redis rounds. */
function remaining(keys: Keyspace, key: string, unit: number): number {
  const at = keys.expiresAt(key)
  if (at === undefined) return -2
  return at === null ? -1 : Math.round((at - Date.now()) / unit)
}
