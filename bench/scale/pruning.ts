import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import {
  deleteExpired,
  pruneErased,
  pruneIntents,
  pruneMails,
  pruneMessages,
  prunePayloads,
  pruneUsage,
} from '@/db/queries/retention'
import { rowsOf } from '@/db/rows-of'
import { takenBack } from './jobs'
import type { Operation } from './operation'

// As many as one statement of the pruning takes.
const BATCH = 500

const DAYS = 30

/** A batch of each kind that the nightly pruning takes, and the anchors of a day. */
export const PRUNING = {
  prune_payloads: pruning('payloads', (tx) => prunePayloads(tx, BATCH)),
  prune_mails: pruning('contents of emails', (tx) => pruneMails(tx, DAYS, BATCH)),
  prune_messages: pruning('messages', (tx) => pruneMessages(tx, BATCH)),
  prune_intents: pruning('checkouts', (tx) => pruneIntents(tx, BATCH)),
  prune_uses: pruning('uses', (tx) => pruneUsage(tx, BATCH)),
  prune_erased: {
    words: 'pruning looks for what came since about people who were erased',
    path: 'job',
    ready: async () => () => takenBack(pruneErased),
  },
  prune_expired: {
    words: 'pruning removes 500 sessions that are over',
    path: 'job',
    async ready({ workspaceId }) {
      await rowsOf(sql`insert into sessions (token_hash, user_id, expires)
        select md5(random()::text), ${workspaceId}, clock_timestamp() - interval '1 minute' from generate_series(1, ${BATCH})`)
      return async () => {
        const gone = await deleteExpired(BATCH)
        if (gone !== BATCH) throw new Error(`${gone} sessions were over.`)
      }
    },
  },
} satisfies Record<string, Operation>

function pruning(what: string, work: (tx: Transaction) => Promise<number>): Operation {
  return {
    words: `pruning takes ${BATCH} ${what}`,
    path: 'job',
    ready: async () => () =>
      takenBack(async (tx) => {
        const n = await work(tx)
        if (n !== BATCH) throw new Error(`There were ${n} ${what} to prune.`)
      }),
  }
}
