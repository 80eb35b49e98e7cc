// As wide as the formatter lets a line be.
const WIDTH = 100

/** JSON as the formatter writes it: a list on one line where it fits. `before` is what stands in front of it. */
export function formatted(value: unknown, before = '', depth = 0): string {
  const inner = '  '.repeat(depth + 1)
  const end = '  '.repeat(depth)
  if (Array.isArray(value)) {
    const line = `[${value.map((entry) => JSON.stringify(entry)).join(', ')}]`
    if (before.length + line.length <= WIDTH) return line
    return `[\n${value.map((entry) => inner + JSON.stringify(entry)).join(',\n')}\n${end}]`
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).map(([key, entry]) => {
    const name = `${inner}${JSON.stringify(key)}: `
    return name + formatted(entry, name, depth + 1)
  })
  return `{\n${entries.join(',\n')}\n${end}}`
}
