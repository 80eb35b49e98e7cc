import type { Family } from '@/scripts/redis/command'
import { syntaxError } from '@/scripts/redis/error'
import { expiryInstant, isExpiryOption } from '@/scripts/redis/expiry-option'
import type { Keyspace } from '@/scripts/redis/keyspace'
import { Text } from '@/scripts/redis/values'
import { word } from '@/scripts/redis/words'

export const set: Family = { set: { arity: -3, run: setOne } }

function setOne(keys: Keyspace, words: string[]): string | null {
  const key = word(words, 0)
  const options = parseOptions(words.slice(2))
  // With GET the old value must be a string, or nothing is written.
  const before = options.get ? (keys.read(key, Text)?.text ?? null) : null
  const exists = keys.peek(key) !== undefined
  if (options.condition && exists !== (options.condition === 'xx')) return before
  const kept = options.expiry === 'keep' ? (keys.expiresAt(key) ?? null) : options.expiry
  keys.write(key, new Text(word(words, 1)), kept)
  return options.get ? before : 'OK'
}

type Options = { condition: 'nx' | 'xx' | null; expiry: number | 'keep' | null; get: boolean }

function parseOptions(words: string[]): Options {
  const options: Options = { condition: null, expiry: null, get: false }
  for (let at = 0; at < words.length; at++) {
    const option = word(words, at).toLowerCase()
    if (option === 'get') options.get = true
    else if (option === 'nx' || option === 'xx') {
      if (options.condition && options.condition !== option) throw syntaxError()
      options.condition = option
    } else if (options.expiry !== null) throw syntaxError()
    else if (option === 'keepttl') options.expiry = 'keep'
    else if (isExpiryOption(option)) options.expiry = expiryInstant('set', option, words[++at])
    else throw syntaxError()
  }
  return options
}
