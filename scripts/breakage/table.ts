import { collectBreakages } from './collect'

/** Between these the table stands in docs/reliability.md. */
export const MARKS = { begin: '<!-- breakage: begin -->', end: '<!-- breakage: end -->' }

/** The table of what breaks, as Markdown. */
export function breakageTable(): string {
  const rows = collectBreakages().map(
    ({ failure, sees, file, test }) => `| ${failure} | ${sees} | \`${file}\`: ${escaped(test)} |`,
  )
  return ['| what fails | what is seen | the test |', '| --- | --- | --- |', ...rows].join('\n')
}

function escaped(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|')
}
