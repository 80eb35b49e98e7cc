import type postgres from 'postgres'
import { constraints, plainIndexes } from './definitions'

/**
 * Loads an empty database in one transaction with no index and no constraint in place, and makes them afterwards:
 * at ten million rows that is several times faster than keeping each up to date row by row.
 */
export async function withoutIndexes(
  sql: postgres.Sql,
  load: (tx: postgres.TransactionSql) => Promise<void>,
): Promise<void> {
  await sql.begin(async (tx) => {
    const [keys, foreign, indexes] = [
      await constraints(tx, ['p', 'u']),
      await constraints(tx, ['f']),
      await plainIndexes(tx),
    ]
    for (const { drop } of [...foreign, ...keys, ...indexes]) await tx.unsafe(drop)
    // A table that this transaction emptied needs no write-ahead log, where the server keeps the least of it.
    await tx.unsafe(`truncate ${LARGEST.join(', ')}`)
    await load(tx)
    await tx.unsafe(`set local maintenance_work_mem = '768MB'`)
    for (const { create } of [...keys, ...indexes, ...foreign]) await tx.unsafe(create)
  })
}

// Of those that no trigger protects from it.
const LARGEST = ['webhook_events', 'sync_targets', 'outbox', 'revenue_moments', 'revenue_invoices']
