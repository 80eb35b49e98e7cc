import { fromUnix } from '@/lib/clock'

/** Stripe gives an id or, where it was expanded, the object. */
export function idOf(value: string | { id: string } | null | undefined): string | null {
  if (value === null || value === undefined) return null
  return typeof value === 'string' ? value : value.id
}

/** Stripe's instants are Unix seconds. */
export function dateOf(seconds: number | null | undefined): Date | null {
  return seconds === null || seconds === undefined ? null : fromUnix(seconds)
}

/** Stripe's enums are open: a word that is not in our list is `unknown`. */
export function oneOf<const Word extends string>(
  words: readonly Word[],
  value: string,
): Word | 'unknown' {
  return words.find((word) => word === value) ?? 'unknown'
}
