/**
 * What a field of a cron expression stands for, ascending: numbers, `*`, lists, ranges and steps.
 * @throws for a field that cannot be read, or is out of its range
 */
export function valuesOf(field: string, low: number, high: number): number[] {
  const values = field.split(',').flatMap((part) => {
    const [, range = '', from, to, step = '1'] =
      /^(\*|(\d+)(?:-(\d+))?)(?:\/([1-9]\d*))?$/.exec(part) ?? []
    if (range === '') throw new Error(`${field} cannot be read as a field of a cron expression.`)
    const first = Number(from ?? low)
    const last = range === '*' || (part.includes('/') && !to) ? high : Number(to ?? from)
    if (first < low || last > high) throw new Error(`${field} is out of ${low}-${high}.`)
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i).filter(
      (value) => (value - first) % Number(step) === 0,
    )
  })
  return [...new Set(values)].sort((a, b) => a - b)
}
