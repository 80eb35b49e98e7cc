import { ApiError } from './api-error'
import type { FormTree, FormValue } from './form'

/** How one parameter is read. `required` is part of the type, so that what it yields is never undefined. */
export interface Rule<T, R extends boolean = boolean> {
  required: R
  read(value: FormValue, path: string): T
  /** What it is made of, for the test that compares it with what Stripe takes. */
  of?: Made
}

/** The inside of a rule. */
export type Made =
  | { kind: 'shape'; shape: Shape }
  | { kind: 'list'; element: Rule<unknown> }
  | { kind: 'words'; words: readonly string[] }
  | { kind: 'either'; rules: readonly Rule<unknown>[] }
  | { kind: 'ignored' }

export type Shape = Record<string, Rule<unknown>>

/** What a shape yields: absent parameters are undefined, cleared ones null. */
export type Read<S extends Shape> = {
  [K in keyof S]: S[K] extends Rule<infer T, infer R> ? (R extends true ? T : T | undefined) : never
}

/** Reads a tree by its shape. Anything the shape does not name is refused, at every depth. */
export function readShape<S extends Shape>(shape: S, tree: FormTree, within = ''): Read<S> {
  for (const key of Object.keys(tree)) {
    if (Object.hasOwn(shape, key)) continue
    const path = join(within, key)
    throw ApiError.invalid(`Received unknown parameter: ${path}`, path, 'parameter_unknown')
  }
  const result: Record<string, unknown> = {}
  // What is there comes first: a parameter that is not known is a graver mistake than one that is missing.
  for (const [key, rule] of Object.entries(shape)) {
    const value = tree[key]
    if (value !== undefined) result[key] = rule.read(value, join(within, key))
  }
  for (const [key, { required }] of Object.entries(shape))
    if (required && tree[key] === undefined) throw missing(join(within, key))
  return result as Read<S>
}

/** Makes a parameter one that must be there. */
export function required<T>(rule: Rule<T>): Rule<T, true> {
  return {
    required: true,
    read(value, path) {
      if (value === '') throw empty(path)
      return rule.read(value, path)
    },
    ...(rule.of ? { of: rule.of } : {}),
  }
}

/** The error for a parameter without which a request makes no sense. */
export function missing(path: string): ApiError {
  return ApiError.invalid(`Missing required param: ${path}.`, path, 'parameter_missing')
}

function empty(path: string): ApiError {
  return ApiError.invalid(
    `You passed an empty string for '${path}'. We assume empty values are an attempt to unset a parameter; however '${path}' cannot be unset. You should remove '${path}' from your request or supply a non-empty value.`,
    path,
    'parameter_invalid_empty',
  )
}

function join(within: string, key: string): string {
  return within === '' ? key : `${within}[${key}]`
}
