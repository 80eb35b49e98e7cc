import { getTableColumns, type InferSelectModel, type Table } from 'drizzle-orm'

/** A row as Postgres writes it with `to_jsonb`: snake_case keys, instants as ISO text. */
export type JsonRow = Record<string, unknown>

/** Reads a `to_jsonb` row back into what a Drizzle select would give. */
export function rowFromJson<T extends Table>(table: T, json: JsonRow): InferSelectModel<T> {
  const entries = fieldsOf(table).map(({ key, name, isDate }) => {
    const value = json[name] ?? null
    return [key, isDate && value !== null ? new Date(String(value)) : value]
  })
  // Safe: the keys and types are the table's own, and the row comes from that very table.
  return Object.fromEntries(entries) as InferSelectModel<T>
}

// Worked out once: each event reads rows of several tables.
function fieldsOf(table: Table): Field[] {
  const known = fields.get(table)
  if (known) return known
  const all = Object.entries(getTableColumns(table)).map(([key, column]) => {
    return { key, name: snakeCase(key), isDate: column.dataType === 'date' }
  })
  fields.set(table, all)
  return all
}

type Field = { key: string; name: string; isDate: boolean }

const fields = new WeakMap<Table, Field[]>()

/** Writes a row the way `jsonb_populate_record` reads it; what is left out becomes null. */
export function rowToJson(row: Record<string, unknown>): JsonRow {
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [snakeCase(key), value]))
}

function snakeCase(key: string): string {
  return key.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`)
}
