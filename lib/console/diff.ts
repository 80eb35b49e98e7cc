import { redactText } from './redact'

export type DiffLine = { field: string; before: string | null; after: string | null }

/** What a row of the trail says stood before and stands after, field by field, those inside of others with dots. */
export function diffOf(before: object | null, after: object | null): DiffLine[] {
  // As the trail keeps them: what is yet to be written still has its instants as dates.
  const kept = (values: object | null) => flat(JSON.parse(JSON.stringify(values)))
  const [left, right] = [kept(before), kept(after)]
  const fields = [...new Set([...left.keys(), ...right.keys()])]
  return fields.flatMap((field) => {
    const [from, to] = [left.get(field) ?? null, right.get(field) ?? null]
    return from === to && before !== null ? [] : [{ field, before: from, after: to }]
  })
}

function flat(values: object | null, prefix = ''): Map<string, string> {
  const lines = new Map<string, string>()
  for (const [name, value] of Object.entries(values ?? {})) {
    const field = `${prefix}${name}`
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [inner, text] of flat(value, `${field}.`)) lines.set(inner, text)
    } else if (value !== null && value !== undefined) {
      lines.set(field, redactText(typeof value === 'string' ? value : JSON.stringify(value)))
    }
  }
  return lines
}
