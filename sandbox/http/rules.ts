import { ApiError } from './api-error'
import type { FormTree, FormValue } from './form'
import { type Made, type Read, type Rule, readShape, type Shape } from './rule'

type Optional<T> = Rule<T, false>

/** Text of at most `max` characters; Stripe's usual limit is 5000. */
export function text(max = 5000): Optional<string> {
  return optional((value, path) => {
    const read = leaf(value, path, 'string')
    if (read.length > max) {
      throw ApiError.invalid(
        `Invalid string: must be at most ${max} characters`,
        path,
        'parameter_invalid_string',
      )
    }
    return read
  })
}

/** A whole number between `min` and `max`. */
export function integer(min = -99999999, max = 99999999): Optional<number> {
  return optional((value, path) => {
    const read = leaf(value, path, 'integer')
    if (!/^-?\d+$/.test(read)) {
      throw ApiError.invalid(`Invalid integer: ${read}`, path, 'parameter_invalid_integer')
    }
    const number = Number(read)
    if (number < min)
      throw ApiError.invalid(
        `This value must be greater than or equal to ${min}.`,
        path,
        'parameter_invalid_integer',
      )
    if (number > max)
      throw ApiError.invalid(
        `This value must be less than or equal to ${max}.`,
        path,
        'parameter_invalid_integer',
      )
    return number
  })
}

/** An instant in Unix seconds. */
export function instant(): Optional<number> {
  return integer(0, Number.MAX_SAFE_INTEGER)
}

/** `true` or `false`. */
export function flag(): Optional<boolean> {
  return optional((value, path) => {
    const read = leaf(value, path, 'boolean')
    if (read !== 'true' && read !== 'false')
      throw ApiError.invalid(`Invalid boolean: ${read}`, path)
    return read === 'true'
  })
}

/** One of a closed list of words. */
export function oneOf<const W extends string>(...words: W[]): Optional<W> {
  return optional(
    (value, path) => {
      const read = leaf(value, path, 'string')
      const word = words.find((known) => known === read)
      if (word !== undefined) return word
      const last = words.at(-1)
      const list = words.length > 1 ? `one of ${words.slice(0, -1).join(', ')}, or ${last}` : last
      throw ApiError.invalid(`Invalid ${path}: must be ${list}`, path)
    },
    { kind: 'words', words },
  )
}

/** An absolute http or https address. Placeholders in braces are left alone. */
export function url(): Optional<string> {
  return optional((value, path) => {
    const read = leaf(value, path, 'string')
    if (/^https?:\/\/[^\s/]+/.test(read)) return read
    throw ApiError.invalid('Not a valid URL', path, 'url_invalid')
  })
}

/** A list, given with numeric or empty indices. */
export function list<T>(rule: Rule<T>, max = 100): Optional<T[]> {
  return optional(
    (value, path) => {
      if (typeof value === 'string') throw ApiError.invalid('Invalid array', path)
      const keys = Object.keys(value).sort((a, b) => Number(a) - Number(b))
      if (!keys.every((key) => /^\d+$/.test(key))) throw ApiError.invalid('Invalid array', path)
      if (keys.length > max) throw ApiError.invalid(`Array must have at most ${max} items`, path)
      return keys.map((key) => rule.read(value[key] ?? '', `${path}[${key}]`))
    },
    { kind: 'list', element: rule },
  )
}

/** A nested set of parameters. */
export function hash<S extends Shape>(shape: S): Optional<Read<S>> {
  return optional((value, path) => readShape(shape, subtree(value, path), path), {
    kind: 'shape',
    shape,
  })
}

/** A parameter that an empty value clears; it then reads as null. */
export function clearable<T>(rule: Rule<T>): Optional<T | null> {
  return optional((value, path) => (value === '' ? null : rule.read(value, path)), rule.of)
}

/** Either of two forms: the first is tried first, and the second's complaint is the one reported. */
export function either<A, B>(first: Rule<A>, second: Rule<B>): Optional<A | B> {
  return optional(
    (value, path) => {
      try {
        return first.read(value, path)
      } catch {
        return second.read(value, path)
      }
    },
    { kind: 'either', rules: [first, second] },
  )
}

/** A parameter that has no effect on anything that the sandbox plays; its inside is not checked. */
export function ignored(): Optional<undefined> {
  return optional(() => undefined, { kind: 'ignored' })
}

function optional<T>(read: (value: FormValue, path: string) => T, of?: Made): Optional<T> {
  return { required: false, read, ...(of ? { of } : {}) }
}

function leaf(value: FormValue, path: string, kind: string): string {
  if (typeof value === 'string') return value
  throw ApiError.invalid(`Invalid ${kind}`, path)
}

function subtree(value: FormValue, path: string): FormTree {
  if (typeof value === 'object') return value
  throw ApiError.invalid('Invalid object', path)
}
