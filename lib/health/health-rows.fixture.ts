import { randomUUID } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'

/** An instant so many minutes ago, by the database's clock. */
export const ago = (minutes: number) => sql`clock_timestamp() - make_interval(mins => ${minutes})`

export function run(statement: SQL): Promise<unknown> {
  return db().execute(statement)
}

export function beat(job: string, minutes: number) {
  return run(sql`insert into heartbeats (job, at) values (${job}, ${ago(minutes)})
    on conflict (job) do update set at = excluded.at`)
}

export function target(given: { due: number; attempts?: number; synced?: boolean }) {
  return run(sql`insert into sync_targets (key, dirty_seq, synced_seq, next_run_at, attempts)
    values (${`cus_${randomUUID()}`}, 1, ${given.synced ? 1 : 0}, ${ago(-given.due)}, ${given.attempts ?? 0})`)
}

export function entry(given: { created: number; due: number; attempts: number }) {
  return run(sql`insert into outbox (key, kind, payload, created_at, next_run_at, attempts)
    values (${randomUUID()}, 'mail', '{}', ${ago(-given.created)}, ${ago(-given.due)}, ${given.attempts})`)
}
