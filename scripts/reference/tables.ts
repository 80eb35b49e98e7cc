import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectFiles } from '@/scripts/project-files'
import { ROOT } from '@/scripts/stack/paths'
import { docstringBefore } from './comment-above'
import { code, markdownTable } from './markdown-table'

/** docs/reference/tables.md: every table and what it is for. */
export function tablesPage(): string {
  return `# Tables

What stands in Postgres, by the files of \`db/schema/\`, which say more beside each column. [How they are related](../../db/schema/README.md), [the functions that write them](../../db/functions/README.md), [what a role of the application may do with each](../how-to/restrict-the-database-role.md).

${markdownTable(
  ['table', 'what it is for', 'file'],
  tables().map(({ name, what, file }) => [code(name), what, code(file)]),
)}
`
}

function tables(): { name: string; what: string; file: string }[] {
  return projectFiles(/^(?!.*\.test\.).*\.ts$/, 'db/schema')
    .flatMap((file) => {
      const text = readFileSync(join(ROOT, file), 'utf8')
      return [...text.matchAll(/^export const \w+ = pgTable\(\s*'(\w+)'/gm)].map((found) => ({
        name: found[1] ?? '',
        what: docstringBefore(text, found.index),
        file: file.replaceAll('\\', '/'),
      }))
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}
