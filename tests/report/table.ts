import { collectBreakages } from './collect'

/** Between these the table stands in docs/reliability.md. */
export const MARKS = { begin: '<!-- breakage: begin -->', end: '<!-- breakage: end -->' }

const HEAD = ['what fails', 'what is seen', 'the test']

/** The table of what breaks, as Markdown, with its columns under each other. */
export function breakageTable(): string {
  const rows = collectBreakages().map(({ failure, sees, file, test }) =>
    [failure, sees, `\`${file}\`: ${test}`].map(inTable),
  )
  const widths = HEAD.map((name, n) =>
    Math.max(name.length, ...rows.map((row) => row[n]?.length ?? 0)),
  )
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  const padded = (cells: string[]) => line(cells.map((cell, n) => cell.padEnd(widths[n] ?? 0)))
  return [padded(HEAD), line(widths.map((width) => '-'.repeat(width))), ...rows.map(padded)].join(
    '\n',
  )
}

function inTable(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|')
}
