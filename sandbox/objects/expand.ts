import { ApiError } from '@/sandbox/http/api-error'
import type { Tx } from '@/sandbox/store/transaction'
import ABSENT from './absent.json' with { type: 'json' }
import { includable } from './includable'
import { isExpandable, resolve } from './references'

// Stripe's limit.
const MAX_DEPTH = 4

type Node = Record<string, unknown>

/** Replaces the ids along a path such as `latest_invoice.payments` by their objects, in place. */
export function expand(tx: Tx, object: object, path: string) {
  const fields = path.split('.')
  if (fields.length > MAX_DEPTH) {
    throw ApiError.invalid(
      `You cannot expand more than ${MAX_DEPTH} levels of a property. Property: ${path}`,
      'expand',
    )
  }
  descend(tx, object as Node, fields, path)
}

function descend(tx: Tx, node: Node, fields: readonly string[], path: string) {
  const [field, ...rest] = fields
  if (field === undefined) return
  const value = valueAt(tx, node, field, path)
  // What an object may lack stays away, and is no mistake of the request.
  if (value === undefined) return
  node[field] = Array.isArray(value)
    ? value.map((entry) => filled(tx, entry))
    : filled(tx, value, field)
  for (const child of Array.isArray(node[field]) ? node[field] : [node[field]]) {
    if (typeof child === 'object' && child !== null) descend(tx, child as Node, rest, path)
    else if (child !== null && child !== undefined) throw refused(path)
  }
}

function valueAt(tx: Tx, node: Node, field: string, path: string): unknown {
  if (node[field] !== undefined) return node[field]
  const { object, id } = node
  if (typeof object === 'string' && typeof id === 'string') {
    const extra = includable(tx, object, id, field)
    if (extra !== undefined) return structuredClone(extra)
    if (isAbsent(object, field)) return undefined
  }
  throw refused(path)
}

/** Whether Stripe's objects of this kind have the field only at times. */
function isAbsent(object: string, field: string): boolean {
  const known: Record<string, readonly string[]> = ABSENT
  return known[object]?.includes(field) === true
}

function filled(tx: Tx, value: unknown, field?: string): unknown {
  if (typeof value !== 'string' || (field !== undefined && !isExpandable(field))) return value
  const found = resolve(tx, value, field)
  return found ? structuredClone(found) : value
}

function refused(path: string): ApiError {
  return ApiError.invalid(`This property cannot be expanded (${path}).`, 'expand')
}
