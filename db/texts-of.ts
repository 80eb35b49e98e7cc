/** The elements of a `text[]` from Postgres's own text form: the way back from `asText`. */
export function textsOf(array: string): (string | null)[] {
  return [...array.slice(1, -1).matchAll(ELEMENT)].map(([plain, quoted]) => {
    if (quoted !== undefined) return quoted.replace(/\\(.)/gs, '$1')
    return plain === 'NULL' ? null : plain
  })
}

// Postgres puts whatever holds a quote, a backslash, a comma, a brace or a space into quotes, and NULL as a word.
const ELEMENT = /"((?:[^"\\]|\\.)*)"|[^,]+/gs
