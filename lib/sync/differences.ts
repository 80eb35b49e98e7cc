type Values = Record<string, unknown>

/** The fields of `after` that differ from `before`, as two small objects for the audit trail; null when none does. */
export function differences(before: Values | null | undefined, after: Values) {
  const changed = Object.keys(after).filter(
    (key) => !same(before?.[key] ?? null, after[key] ?? null),
  )
  if (changed.length === 0) return null
  const pick = (from: Values) => Object.fromEntries(changed.map((key) => [key, from[key] ?? null]))
  return { before: before ? pick(before) : null, after: pick(after) }
}

// JSON makes one value of an instant and of a list, whichever side of the database it comes from.
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (a === null || b === null) return false
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime()
  return JSON.stringify(a) === JSON.stringify(b)
}
