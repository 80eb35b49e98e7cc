import { z } from 'zod'
import { SCHEMA_NAME } from './env-schema'
import { isGuessable, isPlaceholder } from './env-secrets'

/** An address with one of these schemes; what refuses it repeats nothing of it, because it may hold a password. */
export function url(name: string, protocol: RegExp, fix: string) {
  // The scheme is asked for, because `localhost:3000` is a URL, too: one of scheme `localhost`.
  return z.url({ protocol, error: `${name} is missing or not a URL. ${fix}` })
}

/** The address of a host and no more: whatever is built from it would carry the rest along. */
export function origin(name: string, fix: string) {
  return url(name, HTTP, fix).refine(isOrigin, {
    error: `${name} must be scheme, host and port alone, with no user name, path, query or fragment. ${fix}`,
  })
}

export const HTTP = /^https?$/
export const POSTGRES = /^postgres(ql)?$/

/** A secret of this shape that is no placeholder; `drawn` are those of its parts that must be random. */
export function secret(
  name: string,
  pattern: RegExp,
  fix: string,
  drawn: (value: string) => string[] = () => [],
) {
  return z.string({ error: `${name} is missing. ${fix}` }).superRefine((value, context) => {
    const problem = problemOf(value, pattern, drawn)
    if (problem) context.addIssue({ code: 'custom', message: `${name} ${problem} ${fix}` })
  })
}

/** A key of AES in base64: 16, 24 or 32 bytes. */
export function aesKey(name: string) {
  const fix = 'It is 16, 24 or 32 bytes in base64: make one with `openssl rand -base64 32`.'
  const shape = /^([\w+/]{22}==|[\w+/]{32}|[\w+/]{43}=)$/
  return secret(name, shape, fix, (value) => [value])
}

/** The name of a schema of Postgres. */
export function schema(name: string) {
  return z.string().regex(SCHEMA_NAME, {
    error: `${name} must be a name of a-z, 0-9 and _ that is not one of Postgres's own, such as billing.`,
  })
}

/** A whole number that is no less than one. */
export function atLeastOne(name: string) {
  const wrong = { error: `${name} must be a whole number of at least 1.` }
  return z.coerce.number(wrong).int(wrong).min(1, wrong)
}

/** The parts of a list that is separated by commas. */
export function listed(value: string): string[] {
  return value.split(',').map((part) => part.trim())
}

function problemOf(value: string, pattern: RegExp, drawn: (value: string) => string[]) {
  if (!pattern.test(value)) return 'does not look right.'
  if (isPlaceholder(value)) return 'is a placeholder.'
  if (drawn(value).some(isGuessable)) return 'can be guessed.'
  return null
}

// A wildcard is a host to a URL, and more than one to whatever matches hosts.
function isOrigin(value: string): boolean {
  // What is no URL was refused already.
  if (!URL.canParse(value)) return true
  const { protocol, pathname, hostname } = new URL(value)
  if (!/^https?:$/.test(protocol)) return true
  const plain = /^(\[[\da-f:.]+\]|[a-z\d]([a-z\d.-]*[a-z\d])?)$/
  return pathname === '/' && !/[?#@\\]/.test(value) && plain.test(hostname)
}
