import { createHash, randomBytes } from 'node:crypto'
import type { ApiKeyMode } from '@/db/schema/api-keys'

/** A key as programs send it. Never in a log, an address or a cookie; what is stored is its hash. */
export type ApiKey = `ll_${ApiKeyMode}_${string}`

/** A new key: its mode, 32 random bytes, and a checksum, in letters and digits that a double click selects whole. */
export function makeApiKey(mode: ApiKeyMode, random: Buffer = randomBytes(32)): ApiKey {
  const open = `ll_${mode}_${base62(random, BODY)}` as const
  return `${open}${checksumOf(open)}`
}

/** The mode of a text that can be a key; null for what cannot be one, such as a key with a typo. */
export function apiKeyModeOf(text: string): ApiKeyMode | null {
  const [, open = '', mode, checksum] = SHAPE.exec(text) ?? []
  if (checksum === undefined || checksum !== checksumOf(open)) return null
  return mode === 'live' ? 'live' : 'test'
}

/**
 * What is stored of a key, and looked for. A fast hash is right here: bcrypt is slow so that a leaked hash of
 * a password takes long to guess, and of 32 random bytes there is nothing to guess at any speed. It would
 * cost each request a tenth of a second, and its salt would keep the key from being found by an index.
 */
export function hashOfApiKey(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}

// 43 digits of base 62 hold any 32 bytes: 62^43 > 2^256.
const BODY = 43
// Of a typo it misses one in four billion.
const CHECKSUM = 6

const SHAPE = /^(ll_(live|test)_[0-9A-Za-z]{43})([0-9A-Za-z]{6})$/

function checksumOf(open: string): string {
  // Four bytes are below 62^6.
  return base62(createHash('sha256').update(open).digest().subarray(0, 4), CHECKSUM)
}

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

function base62(bytes: Buffer, length: number): string {
  let rest = BigInt(`0x${bytes.toString('hex')}`)
  let text = ''
  while (text.length < length) {
    text = `${DIGITS[Number(rest % 62n)]}${text}`
    rest /= 62n
  }
  return text
}
