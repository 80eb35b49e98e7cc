type Node = Record<string, unknown>

/**
 * What `previous_attributes` holds: the old value of every key that changed. Objects are shown
 * only in part, arrays always whole, and a key that was absent is null.
 */
export function previousAttributes(before: object, after: object): Node {
  const old = before as Node
  const fresh = after as Node
  const changed: Node = {}
  const note = (key: string) => {
    if (same(old[key], fresh[key])) return
    changed[key] =
      isNode(old[key]) && isNode(fresh[key])
        ? previousAttributes(old[key], fresh[key])
        : (old[key] ?? null)
  }
  for (const key in old) note(key)
  for (const key in fresh) if (!(key in old)) note(key)
  return changed
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether two values say the same. What is undefined is not said. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const one = a as Node
  const other = b as Node
  for (const key in one) if (!same(one[key], other[key])) return false
  for (const key in other) if (other[key] !== undefined && one[key] === undefined) return false
  return true
}
