import { ApiError } from './api-error'
import type { Rule } from './rule'

/** A set of the same parameters for each of some names, such as currencies. */
export function mapOf<T>(rule: Rule<T>): Rule<Record<string, T>, false> {
  return {
    required: false,
    read(value, path) {
      if (typeof value === 'string') throw ApiError.invalid('Invalid object', path)
      const entries = Object.entries(value)
      return Object.fromEntries(
        entries.map(([name, entry]) => [name, rule.read(entry, `${path}[${name}]`)]),
      )
    },
  }
}
