import { ApiError } from './api-error'
import type { FormTree, FormValue } from './form'

/** How one parameter is read. `required` is part of the type, so that what it yields is never undefined. */
export interface Rule<T, R extends boolean = boolean> {
  required: R
  read(value: FormValue, path: string): T
}

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
  for (const [key, rule] of Object.entries(shape)) {
    const path = join(within, key)
    const value = tree[key]
    if (value !== undefined) result[key] = rule.read(value, path)
    else if (rule.required) throw missing(path)
  }
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
