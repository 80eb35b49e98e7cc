import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '@/scripts/stack/paths'

export const MIGRATIONS = join(ROOT, 'db', 'migrations')

/** The migrations' files, in the order in which they are applied. */
export function migrationFiles(): string[] {
  // Safe: drizzle-kit writes this file, and its migrator reads the same two names.
  const journal = JSON.parse(readFileSync(join(MIGRATIONS, 'meta', '_journal.json'), 'utf8')) as {
    entries: { idx: number; tag: string }[]
  }
  const inOrder = journal.entries.toSorted((a, b) => a.idx - b.idx)
  return inOrder.map(({ tag }) => join(MIGRATIONS, `${tag}.sql`))
}

/** @throws {Error} there is none yet */
export function newestMigration(): string {
  const newest = migrationFiles().at(-1)
  if (!newest) throw new Error('drizzle-kit wrote no migration.')
  return newest
}
