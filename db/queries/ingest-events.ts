import { type SQL, sql } from 'drizzle-orm'
import { isRefusedStatement } from '@/db/query-errors'
import { rowsOf } from '@/db/rows-of'
import {
  type Ingested,
  type IngestedJson,
  ingestedFromJson,
  ingestion,
  type NewEvent,
} from './ledger'

/**
 * Stores several events in one statement, and so in one commit. The answers come in the order of the events; null
 * is one that is not stored: another transaction has its target, or Postgres refused the statement because of one of
 * them, and which that is shows when each is stored by itself.
 * @throws {Unavailable} Postgres does not answer
 */
export async function ingestEvents(events: readonly NewEvent[]): Promise<(Ingested | null)[]> {
  const inOrder = [...events.entries()].sort(([, one], [, other]) => compare(one, other))
  const calls = inOrder.map(
    ([nth, event]) =>
      sql`select ${ingestion(event, { waits: false })} as answer, ${nth}::integer as nth`,
  )
  const answers: (Ingested | null)[] = events.map(() => null)
  for (const { nth, answer } of await ask(calls))
    if (answer) answers[nth] = ingestedFromJson(answer)
  return answers
}

type Row = { nth: number; answer: IngestedJson | null }

async function ask(calls: SQL[]): Promise<readonly Row[]> {
  try {
    return await rowsOf<Row>(sql.join(calls, sql` union all `))
  } catch (error) {
    if (isRefusedStatement(error)) return []
    throw error
  }
}

// Each statement waits for the targets and the events that another is inserting: in one order for all, or two of them would
// wait for each other. A target's events stay in the order in which they came, which is that of their numbers.
function compare(one: NewEvent, other: NewEvent): number {
  const [a, b] = [one.targetKey ?? one.id, other.targetKey ?? other.id]
  return a < b ? -1 : Number(a > b)
}
