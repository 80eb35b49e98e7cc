import { inTransaction, type Transaction } from '@/db/client'
import {
  deleteExpired,
  pruneErased,
  pruneIntents,
  pruneMails,
  pruneMessages,
  prunePayloads,
  pruneUsage,
} from '@/db/queries/retention'
import { systemActor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import { log } from '@/lib/log'

/** How many of each were emptied or removed; `complete` is false when the next run has to go on. */
export type Pruned = {
  payloads: number
  mails: number
  /** Whole entries of emails, whose content went earlier, and of uses that Stripe's meters have. */
  messages: number
  /** Checkouts that were left unpaid. */
  intents: number
  uses: number
  expired: number
  complete: boolean
}

// Rows locked at a time, so that no writer waits.
const BATCH = 500

// Days. Long enough to answer "did you get our mail?", which support is asked within a week or two.
const MAIL_DAYS = 30

/**
 * Removes what is not needed any more, in batches: payloads, uses, messages and checkouts that were left
 * after ninety days (what a message said after thirty), sessions and links that are over, and what
 * Stripe still said of people who were erased. Ids, facts and the audit trail stay. Safe to run
 * twice at once, and to die anywhere.
 * @param spent whether the time is up
 */
export async function prune(spent: () => boolean): Promise<Pruned> {
  const erased = await batch('erased', pruneErased)
  const payloads = await inBatches(spent, () => batch('payloads', (tx) => prunePayloads(tx, BATCH)))
  const mails = await inBatches(spent, () =>
    batch('mails', (tx) => pruneMails(tx, MAIL_DAYS, BATCH)),
  )
  const messages = await inBatches(spent, () => batch('messages', (tx) => pruneMessages(tx, BATCH)))
  const intents = await inBatches(spent, () => batch('intents', (tx) => pruneIntents(tx, BATCH)))
  const uses = await inBatches(spent, () => batch('uses', (tx) => pruneUsage(tx, BATCH)))
  const expired = await inBatches(spent, () => deleteExpired(BATCH))
  const pruned = {
    payloads: erased + payloads.done,
    mails: mails.done,
    messages: messages.done,
    intents: intents.done,
    uses: uses.done,
    expired: expired.done,
    complete: [payloads, mails, messages, intents, uses, expired].every(({ complete }) => complete),
  }
  log.info(pruned, 'pruned')
  return pruned
}

async function inBatches(spent: () => boolean, work: () => Promise<number>) {
  let done = 0
  while (!spent()) {
    const n = await work()
    done += n
    if (n < BATCH) return { done, complete: true }
  }
  return { done, complete: false }
}

// What was removed is evidence: that it was, and how much, stands in a chain of its own.
function batch(what: string, work: (tx: Transaction) => Promise<number>): Promise<number> {
  return inTransaction(async (tx) => {
    const n = await work(tx)
    const entry = { scope: 'retention', action: 'retention.prune', after: { what, n } } as const
    if (n > 0) await recordAudit(tx, systemActor('cron.prune'), entry)
    return n
  })
}
