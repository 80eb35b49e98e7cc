import { ApiError } from './api-error'
import type { Rule } from './rule'

/** Keys to set; an empty value removes its key, and null in place of the whole removes all. */
export type MetadataChange = Record<string, string> | null

// Stripe's limits.
const MAX_KEYS = 50
const MAX_KEY = 40
const MAX_VALUE = 500

/** The `metadata` parameter of nearly every object. */
export function metadata(): Rule<MetadataChange, false> {
  return {
    required: false,
    read(value, path) {
      if (value === '') return null
      if (typeof value === 'string') throw ApiError.invalid('Invalid object', path)
      return Object.fromEntries(
        Object.entries(value).map(([key, entry]) => {
          if (typeof entry !== 'string')
            throw ApiError.invalid('Metadata values must be strings.', `${path}[${key}]`)
          if (key.length > MAX_KEY)
            throw ApiError.invalid(`Metadata keys can have up to ${MAX_KEY} characters.`, path)
          if (entry.length > MAX_VALUE)
            throw ApiError.invalid(
              `Metadata values can have up to ${MAX_VALUE} characters.`,
              `${path}[${key}]`,
            )
          return [key, entry]
        }),
      )
    },
  }
}

/** Metadata after a change. */
export function withMetadata(
  current: Record<string, string> | null,
  change: MetadataChange | undefined,
): Record<string, string> {
  if (change === null) return {}
  const merged = { ...current, ...change }
  const kept = Object.entries(merged).filter(([, value]) => value !== '')
  if (kept.length > MAX_KEYS)
    throw ApiError.invalid(`Metadata can have up to ${MAX_KEYS} keys.`, 'metadata')
  return Object.fromEntries(kept)
}
