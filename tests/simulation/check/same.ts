/** Whether two values of the records are equal: instants by their time, lists and rows by what is in them. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (a instanceof Date) return b instanceof Date && a.getTime() === b.getTime()
  const keys = Object.keys(a)
  // Safe: both are objects, and what they lack reads as undefined.
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>]
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => key in right && same(left[key], right[key]))
  )
}

/** Where two values differ first, and what stands there, in words; null when they are the same. */
export function difference(a: unknown, b: unknown, path = ''): string | null {
  if (same(a, b)) return null
  if (isRow(a) && isRow(b)) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const found = difference(a[key], b[key], `${path}.${key}`)
      if (found) return found
    }
  }
  return `${path || 'it'} is ${JSON.stringify(a)} and ${JSON.stringify(b)}`
}

function isRow(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !(value instanceof Date)
}
