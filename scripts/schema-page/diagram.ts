import { is } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import * as apiKeys from '@/db/schema/api-keys'
import * as audit from '@/db/schema/audit'
import * as auth from '@/db/schema/auth'
import * as billing from '@/db/schema/billing'
import * as checkout from '@/db/schema/checkout'
import * as customerClaims from '@/db/schema/customer-claims'
import * as events from '@/db/schema/events'
import * as operators from '@/db/schema/operators'
import * as priceMoves from '@/db/schema/price-moves'
import * as revenue from '@/db/schema/revenue'
import * as trials from '@/db/schema/trials'
import * as usage from '@/db/schema/usage'
import * as workspaces from '@/db/schema/workspaces'

/** Between these the diagram stands in db/schema/README.md. */
export const MARKS = { begin: '<!-- diagram: begin -->', end: '<!-- diagram: end -->' }

const FILES = [
  ...[auth, operators, workspaces, apiKeys, billing, customerClaims, checkout, trials],
  ...[priceMoves, revenue],
  ...[events, usage, audit],
]

/** Every table, but for the example's, with its columns, keys and references, as a Mermaid entity diagram. */
export function schemaDiagram(): string {
  const tables = FILES.flatMap((file): unknown[] => Object.values(file))
    .filter((value): value is PgTable => is(value, PgTable))
    .map(getTableConfig)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const entities = tables.map(({ name, columns, primaryKeys, foreignKeys }) => {
    const keys = new Set([
      ...columns.filter(({ primary }) => primary).map(snake),
      ...primaryKeys.flatMap((key) => key.columns.map(snake)),
    ])
    const foreign = new Set(foreignKeys.flatMap((key) => key.reference().columns.map(snake)))
    const rows = columns.map((column) => {
      const marks = [keys.has(snake(column)) && 'PK', foreign.has(snake(column)) && 'FK']
      const type = column.getSQLType().replace(/[^\w[\]]+/g, '_')
      return `    ${type} ${snake(column)} ${marks.filter(Boolean).join(', ')}`.trimEnd()
    })
    return [`  ${name} {`, ...rows, '  }'].join('\n')
  })
  const references = tables.flatMap(({ name, foreignKeys }) =>
    foreignKeys.map((key) => {
      const { foreignTable, columns } = key.reference()
      const to = getTableConfig(foreignTable).name
      return `  ${to} ||--o{ ${name} : ${columns.map(snake).join('_')}`
    }),
  )
  return ['```mermaid', 'erDiagram', ...references, ...entities, '```'].join('\n')
}

// The columns' names follow drizzle.config.ts: snake case of what the schema says.
function snake({ name }: { name: string }): string {
  return name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`)
}
