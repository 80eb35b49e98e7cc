/**
 * The same lines, with `sub_1` for the first subscription that they name, and so on. The sandbox's own
 * ids are another each time; the lines of a life are the same.
 */
export function withShortIds(lines: readonly string[]): string[] {
  const short = new Map<string, string>()
  const counts = new Map<string, number>()
  const shorten = (id: string, prefix: string) => {
    const known = short.get(id)
    if (known) return known
    const count = (counts.get(prefix) ?? 0) + 1
    counts.set(prefix, count)
    short.set(id, `${prefix}_${count}`)
    return `${prefix}_${count}`
  }
  return lines.map((line) => line.replace(/\b([a-z]+)_[A-Za-z0-9]{14,}/g, shorten))
}
