import { ApiError } from './api-error'

/** A decoded form: text at the leaves. Lists are trees whose keys are numbers. */
export type FormValue = string | FormTree
export interface FormTree {
  [key: string]: FormValue
}

// Far above any request; each field of a list costs a look at those before it.
const MAX_FIELDS = 5_000

/**
 * Decodes `a[b][0]=v` and `a[]=v` as Stripe's servers do. Later values win over earlier ones.
 * @throws ApiError 400 when it has thousands of fields
 */
export function decodeForm(text: string): FormTree {
  const root = tree()
  const fields = [...new URLSearchParams(text)]
  if (fields.length > MAX_FIELDS) throw ApiError.invalid(`Send at most ${MAX_FIELDS} parameters.`)
  for (const [key, value] of fields) place(root, segments(key), value)
  return root
}

/**
 * Decodes a JSON object as if it had come as a form, so that the same rules read both.
 * @throws ApiError 400 when it is none
 */
export function decodeJson(text: string): FormTree {
  try {
    const value: unknown = JSON.parse(text === '' ? '{}' : text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return asTree(value)
  } catch {
    // What cannot be parsed is no object either.
  }
  throw ApiError.invalid('The body must be a JSON object.')
}

function asTree(value: object): FormTree {
  const root = tree()
  for (const [key, entry] of Object.entries(value)) {
    if (entry === undefined) continue
    root[key] = typeof entry === 'object' && entry !== null ? asTree(entry) : String(entry ?? '')
  }
  return root
}

function segments(key: string): string[] {
  const bracket = key.indexOf('[')
  if (bracket < 1) return [key]
  return [
    key.slice(0, bracket),
    ...Array.from(key.matchAll(/\[([^\]]*)\]/g), (match) => match[1] ?? ''),
  ]
}

function place(root: FormTree, path: string[], value: string) {
  let at = root
  path.forEach((segment, index) => {
    const key = segment === '' ? String(Object.keys(at).length) : segment
    if (index === path.length - 1) {
      at[key] = value
      return
    }
    const next = at[key]
    const child = typeof next === 'object' ? next : tree()
    at[key] = child
    at = child
  })
}

/** Without a prototype, so that a key called `__proto__` is only a key. */
function tree(): FormTree {
  return Object.create(null)
}
