import { ApiError } from './api-error'
import type { Rule } from './rule'

/** A number that may have a fraction, above `above` and up to `max`. */
export function decimalNumber(above: number, max: number): Rule<number, false> {
  return {
    required: false,
    read(value, path) {
      const read = typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? Number(value) : NaN
      if (read > above && read <= max) return read
      throw ApiError.invalid(
        `This value must be greater than ${above} and at most ${max}.`,
        path,
        'parameter_invalid_decimal',
      )
    },
  }
}
