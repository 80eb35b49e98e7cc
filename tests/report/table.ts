import { collectBreakages } from './collect'
import { PAGES, type Part, partOf } from './parts'

export type PagePath = keyof typeof PAGES

const HEAD = ['what fails', 'what is seen', 'the test']

/** A page of what breaks, as Markdown: a table for each part of it. */
export function breakagePage(path: PagePath): string {
  const { title, intro, parts } = PAGES[path]
  const all = collectBreakages()
  const tables = parts.map((part) => `## ${part.title}\n\n${table(part, all)}`)
  return `${[`# ${title}`, intro, ...tables].join('\n\n')}\n`
}

// With its columns under each other.
function table(part: Part, all: ReturnType<typeof collectBreakages>): string {
  const rows = all
    .filter(({ file }) => partOf(file) === part)
    .map(({ failure, sees, file, test }) => [failure, sees, `\`${file}\`: ${test}`].map(inTable))
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
