/** A table as Markdown, with its columns under each other, as the formatter leaves it. */
export function markdownTable(head: string[], rows: string[][]): string {
  const cells = rows.map((row) => row.map(inTable))
  const widths = head.map((name, n) =>
    Math.max(name.length, ...cells.map((row) => row[n]?.length ?? 0)),
  )
  const line = (row: string[]) => `| ${row.join(' | ')} |`
  const padded = (row: string[]) => line(row.map((cell, n) => cell.padEnd(widths[n] ?? 0)))
  return [padded(head), line(widths.map((width) => '-'.repeat(width))), ...cells.map(padded)].join(
    '\n',
  )
}

/** The words of a name in a table, as code. */
export function code(text: string): string {
  return text === '' ? '' : `\`${text}\``
}

function inTable(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|').trim()
}
