import type postgres from 'postgres'
import { PUBLIC, schemaOf, withoutSchema } from '@/lib/env-schema'

/**
 * The address to open a connection at: with its schema, or without, where a pooler was found to refuse that.
 * There the role has to bring the schema.
 */
export function askedAddress(url: string): string {
  return refused.has(url) ? withoutSchema(url) : url
}

/**
 * Makes sure that a connection works in the schema of its address before anything else is asked there: in
 * another one our names may be another application's tables. Costs nothing where the address names none.
 * @throws {Error} `SCHEMA_REFUSED`: open another one, which will not ask for it; `SCHEMA_MISSED`: it works
 *   elsewhere
 */
export async function arriveInSchema(client: postgres.Sql, url: string): Promise<void> {
  const wanted = schemaOf(url)
  if (wanted === PUBLIC) return
  const found = await schemaFound(client, url)
  if (found !== wanted)
    throw failure(
      'SCHEMA_MISSED',
      `The connection works in ${found ? `the schema ${found}` : 'no schema'}, not in ${wanted}: run \`npm run db:migrate\`, and behind a pooler \`npm run db:grant\` for its role.`,
    )
}

/** Whether the connection was refused for its schema alone: the next one to this address does not ask for it. */
export function isSchemaRefused(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SCHEMA_REFUSED'
}

/**
 * The schema that a connection to `url` works in; null: the one that it asked for is not there.
 * @throws {Error} `SCHEMA_REFUSED`, or the driver's
 */
export async function schemaFound(client: postgres.Sql, url: string): Promise<string | null> {
  try {
    const [row] = await client`select current_schema() as name`.simple()
    return row?.name ?? null
  } catch (error) {
    // PgBouncer's words, which Neon's pooler uses as well.
    if (!(error instanceof Error && /startup parameter.*search_path/.test(error.message)))
      throw error
    refused.add(url)
    throw failure('SCHEMA_REFUSED', error.message)
  }
}

// By address, for the life of the process: a pooler's settings do not change under it.
const refused = new Set<string>()

function failure(code: string, message: string): Error {
  return Object.assign(new Error(message), { code })
}
