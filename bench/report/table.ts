/** A table as Biome formats it. */
export function table(head: string[], rows: string[][]): string {
  const widths = head.map((cell, n) =>
    Math.max(...[cell, ...rows.map((row) => row[n] ?? '')].map((c) => c.length), 3),
  )
  const line = (cells: string[]) =>
    `| ${cells.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}
