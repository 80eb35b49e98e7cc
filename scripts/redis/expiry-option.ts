import { RedisError, syntaxError } from './error'
import { integer, MAX_INTEGER } from './numbers'

/** `EX 10` and its kin: which options take a time, in what unit, and from when it counts. */
const UNITS = {
  ex: { unit: 1_000n, absolute: false },
  px: { unit: 1n, absolute: false },
  exat: { unit: 1_000n, absolute: true },
  pxat: { unit: 1n, absolute: true },
} as const

export type ExpiryOption = keyof typeof UNITS

export const isExpiryOption = (option: string): option is ExpiryOption => option in UNITS

/** The instant an option means, in Unix milliseconds. @throws {RedisError} for zero, the past and overflow */
export function expiryInstant(command: string, option: ExpiryOption, time: string | undefined) {
  if (time === undefined) throw syntaxError()
  if (integer(time) <= 0n) throw invalidExpire(command)
  return instant(command, time, UNITS[option])
}

/** Like the above for EXPIRE and its kin, where zero and the past are allowed: they delete. */
export function instant(
  command: string,
  time: string,
  { unit, absolute }: { unit: bigint; absolute: boolean },
): number {
  const at = integer(time) * unit + (absolute ? 0n : BigInt(Date.now()))
  if (at > MAX_INTEGER || at < -MAX_INTEGER) throw invalidExpire(command)
  return Number(at)
}

const invalidExpire = (command: string) =>
  new RedisError(`ERR invalid expire time in '${command}' command`)
